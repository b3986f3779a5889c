-- One row: an extension decided in the period, in the order of decision; the first of them.
SELECT x.months, x.livelihood, x.reason
FROM extension AS x
JOIN enrolment AS e ON e.id = x.enrolment_id
JOIN participant AS p ON p.id = e.participant_id
WHERE x.date BETWEEN :first AND :last
    AND {chosen}
ORDER BY x.date, x.id
LIMIT 100

-- One row: an aftercare contact of the period, in the order of time; the first of them.
SELECT a.months_after, a.purpose, a.minutes, a.comment, a.result
FROM aftercare AS a
JOIN enrolment AS e ON e.id = a.enrolment_id
JOIN participant AS p ON p.id = e.participant_id
WHERE a.date BETWEEN :first AND :last
    AND {chosen}
ORDER BY a.date, a.id
LIMIT 100

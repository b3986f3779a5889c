-- One row: a programme and a result, or none, with the closed enrolments that have it.
SELECT e.programme, r.result, COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
LEFT JOIN enrolment_result AS r ON r.enrolment_id = e.id
WHERE e.end_date BETWEEN :first AND :last
    AND {chosen}
GROUP BY e.programme, r.result

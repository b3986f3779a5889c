-- One row: an assignment and a result, each or none, with the closed enrolments that have it.
SELECT e.assignment, r.result, COUNT(*) AS enrolments
FROM enrolment AS e
LEFT JOIN enrolment_result AS r ON r.enrolment_id = e.id
WHERE {ended_by_id}
    AND {chosen_unjoined}
GROUP BY e.assignment, r.result

-- One row: an assignment and a result, each or none, with the closed enrolments that have it.
SELECT e.assignment, r.result, COUNT(*) AS enrolments
FROM enrolment AS e
LEFT JOIN enrolment_result AS r ON r.enrolment_id = e.id
-- By id, and not by date: what lies together in the file is read together.
WHERE e.id IN (SELECT id FROM enrolment WHERE end_date BETWEEN :first AND :last)
    AND {chosen_unjoined}
GROUP BY e.assignment, r.result

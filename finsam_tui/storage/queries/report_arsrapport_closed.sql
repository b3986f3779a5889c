-- One row: an assignment, or none, with the enrolments closed in each compared period but this one.
SELECT
    e.assignment,
    COUNT(CASE WHEN e.end_date <= :year1_last THEN 1 END) AS year1,
    COUNT(CASE WHEN e.end_date BETWEEN :year2_first AND :year2_last THEN 1 END) AS year2,
    COUNT(CASE WHEN e.end_date >= :year3_first THEN 1 END) AS year3
FROM enrolment AS e
-- By id, and not by date: what lies together in the file is read together.
WHERE e.id IN (SELECT id FROM enrolment WHERE end_date BETWEEN :year1_first AND :year3_last)
    AND {chosen_unjoined}
GROUP BY e.assignment

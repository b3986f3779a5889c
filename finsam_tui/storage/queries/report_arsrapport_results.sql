-- One row: an assignment and a result, each or none, with the closed enrolments that have it.
SELECT e.assignment, r.result, COUNT(*) AS enrolments
FROM enrolment AS e
LEFT JOIN enrolment_result AS r ON r.enrolment_id = e.id
-- By id, and not by date: what lies together in the file is read together.
WHERE e.id IN (SELECT id FROM enrolment WHERE end_date BETWEEN :first AND :last)
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    -- Persons are looked up only where they narrow the choice: that takes long.
    AND e.participant_id NOT IN (SELECT id FROM participant WHERE registration = 'anonymous')
    AND ((:municipality = '' AND :sex = '') OR EXISTS (
        SELECT 1 FROM participant AS p
        WHERE p.id = e.participant_id
            AND :municipality IN ('', COALESCE(p.municipality, :missing))
            AND :sex IN ('', p.sex)
    ))
GROUP BY e.assignment, r.result

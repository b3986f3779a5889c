-- One row: an assignment, or none, with its closed enrolments: how many in each compared period, and
-- of those of this one how many have a result, broke off, have a reason, and were too ill.
WITH closed AS MATERIALIZED (
    SELECT e.id, e.assignment, e.end_date, e.closure_reason
    FROM enrolment AS e
    -- By id, and not by date: what lies together in the file is read together.
    WHERE e.id IN (SELECT id FROM enrolment WHERE end_date BETWEEN :year1_first AND :last)
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        -- Persons are looked up only where they narrow the choice: four periods of them take long.
        AND e.participant_id NOT IN (SELECT id FROM participant WHERE registration = 'anonymous')
        AND ((:municipality = '' AND :sex = '') OR EXISTS (
            SELECT 1 FROM participant AS p
            WHERE p.id = e.participant_id
                AND :municipality IN ('', COALESCE(p.municipality, :missing))
                AND :sex IN ('', p.sex)
        ))
), told AS MATERIALIZED (
    SELECT
        closed.id,
        MAX(CASE WHEN r.result = 'broken_off' THEN 1 ELSE 0 END) AS broken_off
    FROM closed
    JOIN enrolment_result AS r ON r.enrolment_id = closed.id
    WHERE closed.end_date >= :first
    GROUP BY closed.id
)
SELECT
    closed.assignment,
    COUNT(CASE WHEN closed.end_date <= :year1_last THEN 1 END) AS year1,
    COUNT(CASE WHEN closed.end_date BETWEEN :year2_first AND :year2_last THEN 1 END) AS year2,
    COUNT(CASE WHEN closed.end_date BETWEEN :year3_first AND :year3_last THEN 1 END) AS year3,
    COUNT(CASE WHEN closed.end_date >= :first THEN 1 END) AS year4,
    COUNT(told.id) AS told,
    COALESCE(SUM(told.broken_off), 0) AS broken_off,
    COUNT(CASE WHEN closed.end_date >= :first AND closed.closure_reason <> 'missing' THEN 1 END)
        AS reasons,
    COUNT(CASE WHEN closed.end_date >= :first AND closed.closure_reason = 'illness' THEN 1 END)
        AS ill
FROM closed
LEFT JOIN told ON told.id = closed.id
GROUP BY closed.assignment

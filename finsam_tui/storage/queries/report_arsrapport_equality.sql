-- One row: a programme, an assignment, or none, and a sex, with the enrolments in the period.
WITH taken AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT id
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT id
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
), took_part AS MATERIALIZED (
    SELECT e.programme, e.assignment, p.sex
    FROM taken
    JOIN enrolment AS e ON e.id = taken.id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT programme, assignment, sex, COUNT(*) AS enrolments
FROM took_part
GROUP BY programme, assignment, sex

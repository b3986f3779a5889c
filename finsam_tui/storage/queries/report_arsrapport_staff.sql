-- One row: a role, with those who have it and work now, and those who had participants in the
-- period.
WITH taken AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT participant_id, programme, staff
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT participant_id, programme, staff
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
), took_part AS MATERIALIZED (
    SELECT e.staff
    FROM taken AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
), busy AS (
    SELECT DISTINCT staff FROM took_part
)
SELECT
    s.role,
    COUNT(CASE WHEN s.active = 1 THEN 1 END) AS active,
    COUNT(busy.staff) AS busy
FROM staff AS s
LEFT JOIN busy ON busy.staff = s.id
GROUP BY s.role

-- One row: a programme with persons in the period, or that was to have them, with what it is for;
-- `main` is the one the report is about: the one it is narrowed to, else the largest.
WITH took_part AS (
    {took_part}
), size AS MATERIALIZED (
    SELECT programme, COUNT(*) AS enrolments FROM took_part GROUP BY programme
)
SELECT
    g.id,
    g.name,
    g.purpose,
    g.goal,
    g.target_group,
    CASE WHEN g.id = COALESCE(
        NULLIF(:programme, ''),
        (SELECT programme FROM size ORDER BY enrolments DESC, programme LIMIT 1)
    ) THEN 1 ELSE 0 END AS main
FROM programme AS g
LEFT JOIN size ON size.programme = g.id
WHERE size.enrolments > 0 OR (
    g.type = 'individual' AND g.volume = 0
    AND g.start_date <= :last AND (g.end_date IS NULL OR g.end_date >= :first)
)
ORDER BY COALESCE(size.enrolments, 0) DESC, g.id

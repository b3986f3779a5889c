-- One row: a role, with those who have it and work now, and those who had participants in the
-- period.
WITH taken AS (
    {took_part}
), took_part AS MATERIALIZED (
    SELECT e.staff
    FROM taken AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
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

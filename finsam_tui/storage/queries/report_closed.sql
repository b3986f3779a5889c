-- One row: a programme, an assignment, or none, and whether its closed enrolments were measured at
-- start and closure, and whether they made a positive step; with how many they are, in how many days,
-- and how many of them have a reason and were too ill.
WITH ended AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT id FROM enrolment WHERE end_date BETWEEN :first AND :last ORDER BY id
), closed AS MATERIALIZED (
    SELECT
        e.programme,
        e.assignment,
        e.closure_reason,
        e.end_day - e.start_day AS days,
        CASE WHEN s.level IS NOT NULL AND c.level IS NOT NULL THEN 1 ELSE 0 END AS measured,
        CASE WHEN c.level > s.level OR (
            SELECT MAX(code.positive) FROM enrolment_result AS r
            LEFT JOIN code ON code.list = 'result' AND code.key = r.result
            WHERE r.enrolment_id = e.id
        ) = 1 THEN 1 ELSE 0 END AS positive
    FROM ended
    JOIN enrolment AS e ON e.id = ended.id
    LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
    LEFT JOIN code AS s ON s.list = 'step' AND s.key = sa.step
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    LEFT JOIN code AS c ON c.list = 'step' AND c.key = ca.step
    WHERE {chosen_unjoined}
)
SELECT
    programme,
    assignment,
    measured,
    positive,
    COUNT(*) AS closed,
    SUM(days) AS days,
    MIN(days) AS shortest,
    MAX(days) AS longest,
    COUNT(CASE WHEN closure_reason <> 'missing' THEN 1 END) AS reasons,
    COUNT(CASE WHEN closure_reason = 'illness' THEN 1 END) AS ill
FROM closed
GROUP BY programme, assignment, measured, positive

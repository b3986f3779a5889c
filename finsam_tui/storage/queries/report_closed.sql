-- One row: a programme, an assignment, or none, and whether its closed enrolments were measured at
-- start and closure, and whether they made a positive step; with how many they are, in how many days,
-- and how many of them have a reason and were too ill.
WITH closed AS MATERIALIZED (
    SELECT
        e.programme,
        e.assignment,
        e.closure_reason,
        e.end_day - e.start_day AS days,
        CASE WHEN s.level IS NOT NULL AND c.level IS NOT NULL THEN 1 ELSE 0 END AS measured,
        CASE WHEN c.level > s.level OR {positive_result} THEN 1 ELSE 0 END AS positive
    FROM enrolment AS e
    LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
    LEFT JOIN code AS s ON s.list = 'step' AND s.key = sa.step
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    LEFT JOIN code AS c ON c.list = 'step' AND c.key = ca.step
    WHERE {ended_by_id}
        AND {chosen_unjoined}
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

-- One row: a step at start and one at closure, or none where it is not on the ladder, with the closed
-- enrolments, those with a positive step or result, and those who went on to an ordinary service.
WITH closed AS MATERIALIZED (
    SELECT
        sa.step AS step_start,
        ca.step AS step_closure,
        CASE WHEN {positive_result} THEN 1 ELSE 0 END AS positive,
        COUNT(*) AS enrolments,
        COUNT(CASE WHEN e.ordinary_service <> 'none' OR e.enhanced_cooperation = 1 THEN 1 END) AS onward
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    WHERE {ended_by_id}
        AND {chosen}
    GROUP BY sa.step, ca.step, positive
)
SELECT
    s.key AS step_start,
    c.key AS step_closure,
    s.level AS level_start,
    c.level AS level_closure,
    SUM(closed.enrolments) AS enrolments,
    SUM(CASE WHEN closed.positive = 1 OR c.level > s.level THEN closed.enrolments ELSE 0 END) AS positive,
    SUM(closed.onward) AS onward
FROM closed
LEFT JOIN code AS s ON s.list = 'step' AND s.key = closed.step_start AND s.level IS NOT NULL
LEFT JOIN code AS c ON c.list = 'step' AND c.key = closed.step_closure AND c.level IS NOT NULL
GROUP BY s.key, c.key, s.level, c.level

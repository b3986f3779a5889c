-- One row: a step at start and one at closure, or none where either is missing, with the closed
-- enrolments, those with a positive step or result, and those who went on to an ordinary service.
WITH closed AS MATERIALIZED (
    SELECT
        s.key AS step_start,
        c.key AS step_closure,
        s.level AS level_start,
        c.level AS level_closure,
        CASE WHEN c.level > s.level OR (
            SELECT MAX(code.positive) FROM enrolment_result AS r
            LEFT JOIN code ON code.list = 'result' AND code.key = r.result
            WHERE r.enrolment_id = e.id
        ) = 1 THEN 1 ELSE 0 END AS positive,
        CASE WHEN e.ordinary_service <> 'none' OR e.enhanced_cooperation = 1 THEN 1 ELSE 0 END AS onward
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
    LEFT JOIN code AS s ON s.list = 'step' AND s.key = sa.step AND s.level IS NOT NULL
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    LEFT JOIN code AS c ON c.list = 'step' AND c.key = ca.step AND c.level IS NOT NULL
    WHERE e.end_date BETWEEN :first AND :last
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT
    step_start,
    step_closure,
    level_start,
    level_closure,
    COUNT(*) AS enrolments,
    SUM(positive) AS positive,
    SUM(onward) AS onward
FROM closed
GROUP BY step_start, step_closure, level_start, level_closure

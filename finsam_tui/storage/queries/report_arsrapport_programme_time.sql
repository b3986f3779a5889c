-- One row: an assignment, or none, and where the closed went on the ladder ('positive', 'none', or
-- 'unmeasured' without both measurements), with how many they are and in how many days.
WITH closed AS MATERIALIZED (
    SELECT
        e.assignment,
        e.end_day - e.start_day AS days,
        CASE WHEN s.level IS NULL OR c.level IS NULL THEN 'unmeasured'
            WHEN c.level > s.level OR (
                SELECT MAX(code.positive) FROM enrolment_result AS r
                LEFT JOIN code ON code.list = 'result' AND code.key = r.result
                WHERE r.enrolment_id = e.id
            ) = 1 THEN 'positive'
            ELSE 'none' END AS went
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
    LEFT JOIN code AS s ON s.list = 'step' AND s.key = sa.step
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    LEFT JOIN code AS c ON c.list = 'step' AND c.key = ca.step
    -- By id, and not by date: what lies together in the file is read together.
    WHERE e.id IN (SELECT id FROM enrolment WHERE end_date BETWEEN :first AND :last)
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT
    assignment,
    went,
    COUNT(*) AS closed,
    SUM(days) AS days,
    MIN(days) AS shortest,
    MAX(days) AS longest
FROM closed
GROUP BY assignment, went

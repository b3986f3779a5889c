-- One row: what is told of the enrolments begun (livelihood, interpreter, hours), an answer, none, or
-- of livelihood "any", and a sex, with the enrolments; of hours also their sum, least and most.
WITH begun AS MATERIALIZED (
    SELECT p.sex, p.interpreter, a.id AS assessment, a.hours
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN assessment AS a ON a.enrolment_id = e.id AND a.occasion = 'start'
    WHERE e.start_date BETWEEN :first AND :last
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT
    'livelihood' AS asked,
    l.livelihood AS answer,
    b.sex,
    COUNT(*) AS enrolments,
    NULL AS hours,
    NULL AS least,
    NULL AS most
FROM begun AS b
JOIN assessment_livelihood AS l ON l.assessment_id = b.assessment
GROUP BY l.livelihood, b.sex
UNION ALL
SELECT 'livelihood', 'any', b.sex, COUNT(*), NULL, NULL, NULL
FROM begun AS b
WHERE EXISTS (SELECT 1 FROM assessment_livelihood AS l WHERE l.assessment_id = b.assessment)
GROUP BY b.sex
UNION ALL
SELECT
    'interpreter',
    CASE interpreter WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
    sex,
    COUNT(*),
    NULL,
    NULL,
    NULL
FROM begun
GROUP BY interpreter, sex
UNION ALL
SELECT 'hours', NULL, sex, COUNT(hours), SUM(hours), MIN(hours), MAX(hours)
FROM begun
GROUP BY sex

-- One row: a sex, and of the enrolments begun: whether an interpreter is needed (yes, no or no
-- answer), with the hours in activity where they were noted; or a livelihood at the start, with how
-- many had it and how many had it first.
WITH begun AS MATERIALIZED (
    SELECT p.sex, p.interpreter, a.id AS assessment, a.hours
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN assessment AS a ON a.enrolment_id = e.id AND a.occasion = 'start'
    WHERE e.start_date BETWEEN :first AND :last
        AND {chosen}
)
SELECT
    'interpreter' AS asked,
    CASE interpreter WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS answer,
    sex,
    COUNT(*) AS enrolments,
    NULL AS firsts,
    COUNT(hours) AS noted,
    SUM(hours) AS hours,
    MIN(hours) AS least,
    MAX(hours) AS most
FROM begun
GROUP BY interpreter, sex
UNION ALL
SELECT
    'livelihood',
    l.livelihood,
    b.sex,
    COUNT(*),
    SUM(CASE WHEN EXISTS (
        SELECT 1 FROM assessment_livelihood AS o
        WHERE o.assessment_id = b.assessment AND o.livelihood < l.livelihood
    ) THEN 0 ELSE 1 END),
    NULL,
    NULL,
    NULL,
    NULL
FROM begun AS b
CROSS JOIN assessment_livelihood AS l  -- in this order: those of all others are many more
WHERE l.assessment_id = b.assessment
GROUP BY l.livelihood, b.sex

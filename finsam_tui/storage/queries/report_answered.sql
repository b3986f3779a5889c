-- One row: of those who answered the call that was due :months after closure, what they told, when
-- (start, closure, after), and an answer, with how many gave it and how many gave that one first.
WITH call AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT id, enrolment_id
    FROM follow_up
    WHERE due_date BETWEEN :first AND :last AND months = :months
        AND outcome = 'answered' AND COALESCE(consent, 1) = 1
    ORDER BY enrolment_id
), answered AS MATERIALIZED (
    SELECT e.id, call.id AS call
    FROM call
    JOIN enrolment AS e ON e.id = call.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
), occasion AS (
    SELECT 'start' AS name, 'start' AS key
    UNION ALL SELECT 'closure', 'closure'
    UNION ALL SELECT 'after', :months
), told AS MATERIALIZED (
    SELECT occasion.name AS occasion, a.id, a.step, a.responsible
    FROM occasion
    CROSS JOIN answered
    CROSS JOIN assessment AS a  -- in this order: those of all others are many more
    WHERE a.enrolment_id = answered.id AND a.occasion = occasion.key
)
SELECT
    'position' AS asked,
    occasion,
    NULL AS answer,
    step,
    responsible,
    COUNT(*) AS enrolments,
    NULL AS firsts
FROM told
GROUP BY step, responsible, occasion
UNION ALL
SELECT
    'livelihood',
    t.occasion,
    l.livelihood,
    NULL,
    NULL,
    COUNT(*),
    SUM(CASE WHEN EXISTS (
        SELECT 1 FROM assessment_livelihood AS o
        WHERE o.assessment_id = t.id AND o.livelihood < l.livelihood
    ) THEN 0 ELSE 1 END)
FROM told AS t
CROSS JOIN assessment_livelihood AS l
WHERE l.assessment_id = t.id AND t.occasion <> 'start'
GROUP BY l.livelihood, t.occasion
UNION ALL
SELECT
    'occupation',
    t.occasion,
    l.occupation,
    NULL,
    NULL,
    COUNT(*),
    SUM(CASE WHEN EXISTS (
        SELECT 1 FROM assessment_occupation AS o
        WHERE o.assessment_id = t.id AND o.occupation < l.occupation AND o.occupation <> 'missing'
    ) THEN 0 ELSE 1 END)
FROM told AS t
CROSS JOIN assessment_occupation AS l
WHERE l.assessment_id = t.id AND t.occasion <> 'start' AND l.occupation <> 'missing'
GROUP BY l.occupation, t.occasion
UNION ALL
SELECT 'aftercare', NULL, 'had', NULL, NULL, COUNT(*), NULL
FROM answered
WHERE EXISTS (SELECT 1 FROM aftercare AS c WHERE c.enrolment_id = answered.id)

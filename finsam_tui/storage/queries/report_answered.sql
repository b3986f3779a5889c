-- One row: of those who answered the call that was due :months after closure, what they told, when
-- (start, closure, after), and an answer, or none, with how many gave it.
WITH call AS MATERIALIZED (
    {answered_calls}
), answered AS MATERIALIZED (
    SELECT e.id, call.id AS call
    FROM call
    JOIN enrolment AS e ON e.id = call.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
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
    COUNT(*) AS enrolments
FROM told
GROUP BY step, responsible, occasion
UNION ALL
SELECT 'livelihood', t.occasion, l.livelihood, NULL, NULL, COUNT(*)
FROM told AS t
LEFT JOIN assessment_livelihood AS l ON l.assessment_id = t.id
WHERE t.occasion <> 'start'
GROUP BY l.livelihood, t.occasion
UNION ALL
SELECT 'occupation', t.occasion, o.occupation, NULL, NULL, COUNT(*)
FROM told AS t
LEFT JOIN assessment_occupation AS o ON o.assessment_id = t.id AND o.occupation <> 'missing'
WHERE t.occasion <> 'start'
GROUP BY o.occupation, t.occasion
UNION ALL
SELECT 'aftercare', NULL, 'had', NULL, NULL, COUNT(*)
FROM answered
WHERE EXISTS (SELECT 1 FROM aftercare AS c WHERE c.enrolment_id = answered.id)

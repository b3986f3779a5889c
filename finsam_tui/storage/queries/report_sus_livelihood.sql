-- One row: an occasion (start, closure) and a livelihood, or none, with the closed enrolments that had
-- it then: those that had several are in several rows.
WITH ended AS MATERIALIZED (
    {ended}
), closed AS MATERIALIZED (
    SELECT e.id
    FROM ended AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
)
SELECT 'start' AS occasion, l.livelihood, COUNT(*) AS enrolments
FROM closed
LEFT JOIN assessment AS a ON a.enrolment_id = closed.id AND a.occasion = 'start'
LEFT JOIN assessment_livelihood AS l ON l.assessment_id = a.id
GROUP BY l.livelihood
UNION ALL
SELECT 'closure', l.livelihood, COUNT(*)
FROM closed
LEFT JOIN assessment AS a ON a.enrolment_id = closed.id AND a.occasion = 'closure'
LEFT JOIN assessment_livelihood AS l ON l.assessment_id = a.id
GROUP BY l.livelihood

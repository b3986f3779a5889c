-- One row: a livelihood at start and one at closure, each or none, with the closed enrolments that had
-- both: those that had several are in several rows.
WITH ended AS MATERIALIZED (
    {ended}
)
SELECT
    sl.livelihood AS at_start,
    cl.livelihood AS at_closure,
    COUNT(*) AS enrolments
FROM ended AS e
JOIN participant AS p ON p.id = e.participant_id
LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
LEFT JOIN assessment_livelihood AS sl ON sl.assessment_id = sa.id
LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
LEFT JOIN assessment_livelihood AS cl ON cl.assessment_id = ca.id
WHERE {chosen}
GROUP BY sl.livelihood, cl.livelihood

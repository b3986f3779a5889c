-- One row: a further step that those who answered the call that was due :months after closure have
-- taken since, with how many have.
WITH call AS MATERIALIZED (
    {answered_calls}
), answered AS MATERIALIZED (
    SELECT call.id
    FROM call
    JOIN enrolment AS e ON e.id = call.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
)
SELECT 'further' AS asked, NULL AS occasion, s.further_step AS answer, COUNT(*) AS enrolments
FROM answered
CROSS JOIN follow_up_further_step AS s  -- in this order: those of all others are many more
WHERE s.follow_up_id = answered.id
GROUP BY s.further_step

-- One row: a further step that those who answered the call that was due :months after closure have
-- taken since, with how many have.
WITH call AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT id, enrolment_id
    FROM follow_up
    WHERE due_date BETWEEN :first AND :last AND months = :months
        AND outcome = 'answered' AND COALESCE(consent, 1) = 1
    ORDER BY enrolment_id
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

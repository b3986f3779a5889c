-- One row: the calls due in the period, and those of them whose day has passed and that are not done.
WITH anonymous AS (
    SELECT e.id
    FROM participant AS p
    CROSS JOIN enrolment AS e  -- in this order: they are few
    WHERE p.registration = 'anonymous' AND e.participant_id = p.id
)
SELECT
    COUNT(*) AS due,
    COUNT(CASE WHEN {overdue} THEN 1 END) AS overdue
FROM follow_up AS f
WHERE {fallen_due}
    AND f.enrolment_id NOT IN (SELECT id FROM anonymous)
    -- Enrolments are looked up only where they narrow the choice: that takes long.
    AND ((:programme = '' AND :coach = '' AND :municipality = '' AND :sex = '') OR EXISTS (
        SELECT 1 FROM enrolment AS e
        JOIN participant AS p ON p.id = e.participant_id
        WHERE e.id = f.enrolment_id AND {chosen_enrolment} AND {chosen_person}
    ))

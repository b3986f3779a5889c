-- One row: the calls due in the period, and those of them whose day has passed and that are not done.
WITH due AS MATERIALIZED (
    SELECT
        enrolment_id,
        CASE WHEN due_date < :today
            AND COALESCE(outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone')
            THEN 1 ELSE 0 END AS overdue
    FROM follow_up
    WHERE due_date BETWEEN :first AND :last AND (due_date <= :today OR outcome IS NOT NULL)
    ORDER BY enrolment_id
)
SELECT COUNT(*) AS due, COALESCE(SUM(due.overdue), 0) AS overdue
FROM due
JOIN enrolment AS e ON e.id = due.enrolment_id
WHERE e.participant_id NOT IN (SELECT id FROM participant WHERE registration = 'anonymous')
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND ((:municipality = '' AND :sex = '') OR EXISTS (
        SELECT 1 FROM participant AS p
        WHERE p.id = e.participant_id
            AND :municipality IN ('', COALESCE(p.municipality, :missing))
            AND :sex IN ('', p.sex)
    ))

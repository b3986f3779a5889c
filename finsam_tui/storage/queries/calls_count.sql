-- One row: how many calls of each kind the queue has.
WITH callable AS (
    SELECT follow_up.due_date, follow_up.outcome, follow_up.callback_at
    FROM follow_up
    JOIN enrolment ON enrolment.id = follow_up.enrolment_id
    WHERE :staff IS NULL
        AND coalesce(follow_up.outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone')
        AND (follow_up.due_date BETWEEN :oldest_due AND :last_due OR follow_up.outcome = 'call_back')
        AND enrolment.end_date IS NOT NULL
        AND enrolment.participant_id NOT IN (SELECT id FROM participant WHERE registration = 'anonymous')
    UNION ALL
    SELECT follow_up.due_date, follow_up.outcome, follow_up.callback_at
    FROM enrolment
    JOIN follow_up ON follow_up.enrolment_id = enrolment.id
    WHERE enrolment.staff = :staff
        AND coalesce(follow_up.outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone')
        AND enrolment.end_date IS NOT NULL
        AND enrolment.participant_id NOT IN (SELECT id FROM participant WHERE registration = 'anonymous')
),
queue AS (
    SELECT due_date, callback_at, coalesce(outcome, '') = 'call_back' AND callback_at IS NOT NULL AS booked
    FROM callable
)
SELECT
    count(CASE WHEN booked THEN 1 END) AS callback,
    count(CASE WHEN NOT booked AND due_date >= :today THEN 1 END) AS due,
    count(CASE WHEN NOT booked AND due_date >= :first_due AND due_date < :today THEN 1 END) AS overdue,
    count(CASE WHEN NOT booked AND due_date < :first_due THEN 1 END) AS late
FROM queue
WHERE CASE WHEN booked THEN callback_at <= :now ELSE due_date BETWEEN :oldest_due AND :last_due END

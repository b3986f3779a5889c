-- One row: how many calls of each kind the queue has.
SELECT
    count(CASE WHEN booked THEN 1 END) AS callback,
    count(CASE WHEN NOT booked AND due_date >= :today THEN 1 END) AS due,
    count(CASE WHEN NOT booked AND due_date >= :first_due AND due_date < :today THEN 1 END) AS overdue,
    count(CASE WHEN NOT booked AND due_date < :first_due THEN 1 END) AS late
FROM (
    SELECT
        follow_up.due_date, follow_up.callback_at,
        coalesce(follow_up.outcome, '') = 'call_back' AND follow_up.callback_at IS NOT NULL AS booked
    FROM follow_up
    JOIN enrolment ON enrolment.id = follow_up.enrolment_id
    JOIN participant ON participant.id = enrolment.participant_id
    WHERE follow_up.is_open = 1
        AND enrolment.end_date IS NOT NULL
        AND participant.registration <> 'anonymous'
        AND (:staff IS NULL OR enrolment.staff = :staff)
        AND (follow_up.due_date <= :last_due OR follow_up.outcome = 'call_back')
) AS queue
WHERE CASE WHEN booked THEN callback_at <= :now ELSE due_date <= :last_due END

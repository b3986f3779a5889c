-- One row: a call that can be made now, in calling order. Rank 0: a callback whose time has come;
-- 1: in its window, the soonest to close first; 2: past its window, the latest first;
-- 3: nobody was reached earlier today; 4: the number has changed.
WITH own AS MATERIALIZED (
    SELECT
        follow_up.id, follow_up.enrolment_id, follow_up.due_date, follow_up.outcome, follow_up.date,
        follow_up.callback_at
    FROM enrolment
    JOIN follow_up ON follow_up.enrolment_id = enrolment.id
    WHERE enrolment.staff = :staff
        AND coalesce(follow_up.outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone')
        AND enrolment.end_date IS NOT NULL
        AND enrolment.participant_id NOT IN (SELECT id FROM participant WHERE registration = 'anonymous')
),
-- One of the two is empty: a coach's calls are found by their enrolments, everybody's by due date.
callable AS NOT MATERIALIZED (
    SELECT * FROM own
    UNION ALL
    SELECT
        follow_up.id, follow_up.enrolment_id, follow_up.due_date, follow_up.outcome, follow_up.date,
        follow_up.callback_at
    FROM follow_up
    JOIN enrolment ON enrolment.id = follow_up.enrolment_id
    WHERE :staff IS NULL
        AND coalesce(follow_up.outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone')
        AND enrolment.end_date IS NOT NULL
        AND enrolment.participant_id NOT IN (SELECT id FROM participant WHERE registration = 'anonymous')
),
-- Each part follows an index and stops when the page is full.
queue AS (
    SELECT * FROM (
        SELECT callable.*, 0 AS rank, callback_at AS soonest, '' AS latest
        FROM callable
        WHERE outcome = 'call_back' AND callback_at <= :now
        ORDER BY callback_at
        LIMIT :most
    ) AS booked
    UNION ALL
    SELECT * FROM (
        SELECT callable.*, 1 AS rank, due_date AS soonest, '' AS latest
        FROM callable
        WHERE due_date BETWEEN :first_due AND :last_due
            AND (outcome IS NULL OR outcome = 'no_answer' OR outcome = 'call_back' AND callback_at IS NULL)
            AND (date IS NULL OR date <> :today)
        ORDER BY due_date
        LIMIT :most
    ) AS in_window
    UNION ALL
    SELECT * FROM (
        SELECT callable.*, 2 AS rank, '' AS soonest, due_date AS latest
        FROM callable
        WHERE due_date < :first_due AND due_date >= :oldest_due
            AND (outcome IS NULL OR outcome = 'no_answer' OR outcome = 'call_back' AND callback_at IS NULL)
            AND (date IS NULL OR date <> :today)
        ORDER BY due_date DESC
        LIMIT :most
    ) AS late
    UNION ALL
    SELECT * FROM (
        SELECT callable.*, 3 AS rank, due_date AS soonest, '' AS latest
        FROM callable
        WHERE due_date BETWEEN :oldest_due AND :last_due
            AND date = :today
            AND (outcome = 'no_answer' OR outcome = 'call_back' AND callback_at IS NULL)
        ORDER BY due_date
        LIMIT :most
    ) AS tried
    UNION ALL
    SELECT * FROM (
        SELECT callable.*, 4 AS rank, due_date AS soonest, '' AS latest
        FROM callable
        WHERE due_date BETWEEN :oldest_due AND :last_due AND outcome = 'number_changed'
        ORDER BY due_date
        LIMIT :most
    ) AS unreachable
)
SELECT
    queue.rank, queue.id, queue.enrolment_id, follow_up.months, queue.due_date, queue.outcome,
    queue.callback_at, queue.date AS tried, enrolment.participant_id, enrolment.end_date,
    listed.name, listed.phone, listed.reachable, listed.interpreter,
    programme.name AS programme, staff.name AS coach, code.label AS last_outcome,
    (SELECT count(*) FROM attempt WHERE attempt.follow_up_id = queue.id) AS attempts
FROM (
    SELECT * FROM queue
    ORDER BY rank, soonest, latest DESC, id
    LIMIT :limit OFFSET :offset
) AS queue
JOIN follow_up ON follow_up.id = queue.id
JOIN enrolment ON enrolment.id = queue.enrolment_id
JOIN listed ON listed.id = enrolment.participant_id
JOIN programme ON programme.id = enrolment.programme
LEFT JOIN staff ON staff.id = enrolment.staff
LEFT JOIN code ON code.list = 'call_outcome' AND code.key = queue.outcome
ORDER BY queue.rank, queue.soonest, queue.latest DESC, queue.id

-- One row: something that happened to a participant, with the words that tell it; the latest first.
WITH own AS (
    SELECT enrolment.*, programme.name AS programme_name
    FROM enrolment
    JOIN programme ON programme.id = enrolment.programme
    WHERE enrolment.participant_id = :participant_id
),
happened AS (
    SELECT referral.date AS at, 'referral' AS kind, 'referral' AS table_name, referral.id, NULL AS enrolment_id,
        programme.name AS what, outcome.label AS outcome, reason.label AS detail, NULL AS number, NULL AS text
    FROM referral
    JOIN programme ON programme.id = referral.programme
    JOIN code AS outcome ON outcome.list = 'referral_outcome' AND outcome.key = referral.outcome
    LEFT JOIN code AS reason ON reason.list = 'non_start_reason' AND reason.key = referral.reason
    WHERE referral.participant_id = :participant_id
    UNION ALL
    SELECT start_date, 'enrolment', 'enrolment', own.id, own.id,
        programme_name, assignment.label, staff.name, NULL, NULL
    FROM own
    LEFT JOIN staff ON staff.id = own.staff
    LEFT JOIN code AS assignment ON assignment.list = 'assignment' AND assignment.key = own.assignment
    UNION ALL
    SELECT end_date, 'closure', 'enrolment', own.id, own.id,
        programme_name, reason.label, NULL, end_day - start_day, NULL
    FROM own
    LEFT JOIN code AS reason ON reason.list = 'closure_reason' AND reason.key = own.closure_reason
    WHERE end_date IS NOT NULL
    UNION ALL
    SELECT assessment.date, 'assessment', 'assessment', assessment.id, own.id,
        occasion.label, step.label, responsible.label, assessment.hours, NULL
    FROM own
    JOIN assessment ON assessment.enrolment_id = own.id
    JOIN code AS occasion ON occasion.list = 'occasion' AND occasion.key = assessment.occasion
    LEFT JOIN code AS step ON step.list = 'step' AND step.key = assessment.step
    LEFT JOIN code AS responsible
        ON responsible.list = 'responsible_party' AND responsible.key = assessment.responsible
    UNION ALL
    SELECT ors.date, 'ors', 'ors', ors.id, own.id, occasion.label, not_taken.label, NULL, ors.total, NULL
    FROM own
    JOIN ors ON ors.enrolment_id = own.id
    JOIN code AS occasion ON occasion.list = 'ors_occasion' AND occasion.key = ors.occasion
    LEFT JOIN code AS not_taken ON not_taken.list = 'ors_not_taken' AND not_taken.key = ors.not_taken
    UNION ALL
    -- That there was a screening, for those who may open it; never what it said.
    SELECT screening.date, 'screening', 'screening', screening.id, own.id, NULL, NULL, NULL, NULL, NULL
    FROM own
    JOIN screening ON screening.enrolment_id = own.id
    WHERE :screening_visible = 1
    UNION ALL
    SELECT plan.date, 'plan', 'plan', plan.id, own.id, NULL, plan.review_date, NULL, NULL, plan.goal
    FROM own
    JOIN plan ON plan.enrolment_id = own.id
    UNION ALL
    SELECT note.at, 'note', 'note', note.id, own.id, staff.name, NULL, NULL, NULL, note.text
    FROM own
    JOIN note ON note.enrolment_id = own.id
    LEFT JOIN staff ON staff.id = note.staff
    UNION ALL
    SELECT extension.date, 'extension', 'extension', extension.id, own.id,
        livelihood.label, extension.reason, NULL, extension.months, NULL
    FROM own
    JOIN extension ON extension.enrolment_id = own.id
    LEFT JOIN code AS livelihood ON livelihood.list = 'livelihood' AND livelihood.key = extension.livelihood
    UNION ALL
    SELECT coalesce(follow_up.date, follow_up.due_date), 'follow_up', 'follow_up', follow_up.id, own.id,
        outcome.label, kept_step.label, NULL, follow_up.is_open, follow_up.months
    FROM own
    JOIN follow_up ON follow_up.enrolment_id = own.id
    LEFT JOIN code AS outcome ON outcome.list = 'call_outcome' AND outcome.key = follow_up.outcome
    LEFT JOIN code AS kept_step ON kept_step.list = 'kept_step' AND kept_step.key = follow_up.kept_step
    UNION ALL
    SELECT attempt.at, 'attempt', 'attempt', attempt.id, own.id,
        outcome.label, attempt.callback_at, staff.name, NULL, follow_up.months
    FROM own
    JOIN follow_up ON follow_up.enrolment_id = own.id
    JOIN attempt ON attempt.follow_up_id = follow_up.id
    JOIN code AS outcome ON outcome.list = 'call_outcome' AND outcome.key = attempt.outcome
    LEFT JOIN staff ON staff.id = attempt.staff
    UNION ALL
    SELECT aftercare.date, 'aftercare', 'aftercare', aftercare.id, own.id,
        aftercare.purpose, aftercare.result, NULL, aftercare.minutes, aftercare.comment
    FROM own
    JOIN aftercare ON aftercare.enrolment_id = own.id
)
SELECT happened.*, own.programme_name AS programme
FROM happened
LEFT JOIN own ON own.id = happened.enrolment_id
ORDER BY happened.at DESC, happened.kind, happened.id DESC

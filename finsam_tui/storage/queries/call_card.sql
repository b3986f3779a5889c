-- One row: a scheduled call, whom it is to and how the enrolment ended. Nothing of the violence screening.
SELECT
    follow_up.id, follow_up.months, follow_up.due_date, follow_up.outcome, follow_up.callback_at,
    follow_up.version, enrolment.id AS enrolment_id, enrolment.participant_id,
    participant.registration, participant.first_name, participant.last_name, participant.phone,
    participant.interpreter, participant.protection, protection.label AS protection_label,
    listed.name AS listed_name, programme.name AS programme, staff.name AS coach,
    enrolment.start_date, enrolment.end_date, closure_reason.label AS closure_reason,
    ordinary_service.label AS ordinary_service,
    (
        SELECT plan.goal FROM plan WHERE plan.enrolment_id = enrolment.id
        ORDER BY plan.date DESC, plan.id DESC LIMIT 1
    ) AS goal
FROM follow_up
JOIN enrolment ON enrolment.id = follow_up.enrolment_id
JOIN participant ON participant.id = enrolment.participant_id
JOIN listed ON listed.id = participant.id
JOIN programme ON programme.id = enrolment.programme
JOIN code AS protection ON protection.list = 'protection' AND protection.key = participant.protection
LEFT JOIN staff ON staff.id = enrolment.staff
LEFT JOIN code AS closure_reason
    ON closure_reason.list = 'closure_reason' AND closure_reason.key = enrolment.closure_reason
LEFT JOIN code AS ordinary_service
    ON ordinary_service.list = 'ordinary_service' AND ordinary_service.key = enrolment.ordinary_service
WHERE follow_up.id = :follow_up_id

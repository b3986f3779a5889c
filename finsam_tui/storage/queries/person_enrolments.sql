-- One row: an enrolment of a participant; open ones first, then the latest.
SELECT
    enrolment.id, enrolment.programme AS programme_id, programme.name AS programme,
    enrolment.staff AS coach_id, staff.name AS coach, assignment.label AS assignment,
    enrolment.start_date, enrolment.end_date, enrolment.start_day, enrolment.end_day,
    closure_reason.label AS closure_reason, programme.max_months,
    (SELECT sum(months) FROM extension WHERE extension.enrolment_id = enrolment.id) AS extended
FROM enrolment
JOIN programme ON programme.id = enrolment.programme
LEFT JOIN staff ON staff.id = enrolment.staff
LEFT JOIN code AS assignment
    ON assignment.list = 'assignment' AND assignment.key = enrolment.assignment
LEFT JOIN code AS closure_reason
    ON closure_reason.list = 'closure_reason' AND closure_reason.key = enrolment.closure_reason
WHERE enrolment.participant_id = :participant_id
ORDER BY enrolment.end_date IS NOT NULL, enrolment.start_date DESC, enrolment.id DESC

-- One row: an enrolment's coach and the role of somebody who wants to open its violence screening.
SELECT enrolment.staff AS coach, staff.role
FROM enrolment
LEFT JOIN staff ON staff.id = :staff AND staff.active = 1
WHERE enrolment.id = :enrolment_id

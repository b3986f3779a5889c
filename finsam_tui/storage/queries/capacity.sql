-- One row: an active member of staff, and how many participants they have now; a manager has none.
SELECT staff.id AS staff, staff.name, role.label AS role, count(enrolment.id) AS enrolments,
    count(DISTINCT enrolment.participant_id) AS participants
FROM staff
JOIN code AS role ON role.list = 'staff_role' AND role.key = staff.role
LEFT JOIN enrolment ON enrolment.staff = staff.id AND enrolment.end_date IS NULL
WHERE staff.active = 1 AND (staff.role <> 'manager' OR enrolment.id IS NOT NULL)
GROUP BY staff.id, staff.name, role.label
ORDER BY staff.name, staff.id

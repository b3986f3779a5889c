-- One row: a colleague, with their open enrolments and the calls that still can be made; those at work first.
SELECT
    s.id, s.name, role.label AS role, s.active, s.slot,
    (SELECT count(*) FROM enrolment WHERE staff = s.id AND end_date IS NULL) AS enrolments,
    (
        SELECT count(*)
        FROM enrolment AS e
        JOIN follow_up AS f ON f.enrolment_id = e.id
        JOIN participant AS p ON p.id = e.participant_id
        WHERE e.staff = s.id AND e.end_date IS NOT NULL AND p.registration <> 'anonymous'
            AND f.due_date >= :oldest_due
            AND coalesce(f.outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone')
    ) AS calls
FROM staff AS s
JOIN code AS role ON role.list = 'staff_role' AND role.key = s.role
WHERE :only IS NULL OR s.id = :only
ORDER BY s.active DESC, s.name, s.id
LIMIT :limit OFFSET :offset

-- One row: a programme, home municipality and kind of registration, with the enrolments of the period
-- and those of them that had started before it.
SELECT
    e.programme,
    p.municipality,
    p.registration,
    COUNT(*) AS participated,
    COUNT(CASE WHEN e.start_date < :first THEN 1 END) AS carried,
    COUNT(CASE WHEN e.start_date >= :first THEN 1 END) AS started
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.start_date <= :last AND (e.end_date IS NULL OR e.end_date >= :first)
    AND (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY e.programme, p.municipality, p.registration

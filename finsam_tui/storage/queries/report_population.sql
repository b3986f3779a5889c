-- One row: a sex and kind of registration, with its enrolments and persons in each population.
SELECT
    p.registration,
    p.sex,
    COUNT(*) AS participated,
    COUNT(DISTINCT p.id) AS participated_unique,
    COUNT(CASE WHEN e.start_date >= :first THEN 1 END) AS started,
    COUNT(DISTINCT CASE WHEN e.start_date >= :first THEN p.id END) AS started_unique,
    COUNT(CASE WHEN e.end_date <= :last THEN 1 END) AS closed,
    COUNT(DISTINCT CASE WHEN e.end_date <= :last THEN p.id END) AS closed_unique,
    COUNT(CASE WHEN e.end_date <= :last THEN NULL ELSE 1 END) AS ongoing,
    COUNT(DISTINCT CASE WHEN e.end_date <= :last THEN NULL ELSE p.id END) AS ongoing_unique
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.start_date <= :last AND (e.end_date IS NULL OR e.end_date >= :first)
    AND (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY p.registration, p.sex

-- One row: a home municipality, sex and kind of registration, with its enrolments and persons in
-- each population. A person has one of each, so that persons add up as enrolments do.
WITH person AS MATERIALIZED (
    SELECT
        p.registration,
        p.sex,
        p.municipality,
        COUNT(*) AS participated,
        COUNT(CASE WHEN e.start_date >= :first THEN 1 END) AS started,
        COUNT(CASE WHEN e.end_date <= :last THEN 1 END) AS closed
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE e.start_date <= :last AND COALESCE(e.end_date, :last) >= :first
        AND (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
    GROUP BY p.id, p.registration, p.sex, p.municipality
)
SELECT
    registration,
    sex,
    municipality,
    SUM(participated) AS participated,
    COUNT(*) AS participated_unique,
    SUM(started) AS started,
    COUNT(CASE WHEN started > 0 THEN 1 END) AS started_unique,
    SUM(closed) AS closed,
    COUNT(CASE WHEN closed > 0 THEN 1 END) AS closed_unique,
    SUM(participated - closed) AS ongoing,
    COUNT(CASE WHEN participated > closed THEN 1 END) AS ongoing_unique
FROM person
GROUP BY registration, sex, municipality

-- One row: a home municipality, sex and kind of registration, with its enrolments and persons in
-- each population. A person has one of each, so that persons add up as enrolments do.
WITH took_part AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT
        participant_id,
        programme,
        staff,
        CASE WHEN start_date >= :first THEN 1 ELSE 0 END AS started,
        CASE WHEN end_date <= :last THEN 1 ELSE 0 END AS closed
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT participant_id, programme, staff, CASE WHEN start_date >= :first THEN 1 ELSE 0 END, 0
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
), person AS MATERIALIZED (
    SELECT
        participant_id,
        COUNT(*) AS participated,
        SUM(started) AS started,
        SUM(closed) AS closed
    FROM took_part
    WHERE :programme IN ('', programme)
        AND :coach IN ('', COALESCE(staff, :missing))
    GROUP BY participant_id
)
SELECT
    p.registration,
    p.sex,
    p.municipality,
    SUM(participated) AS participated,
    COUNT(*) AS participated_unique,
    SUM(started) AS started,
    COUNT(CASE WHEN started > 0 THEN 1 END) AS started_unique,
    SUM(closed) AS closed,
    COUNT(CASE WHEN closed > 0 THEN 1 END) AS closed_unique,
    SUM(participated - closed) AS ongoing,
    COUNT(CASE WHEN participated > closed THEN 1 END) AS ongoing_unique
FROM person
JOIN participant AS p ON p.id = person.participant_id
WHERE (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY p.municipality, p.sex, p.registration

-- One row: a home municipality, sex and kind of registration, with its enrolments and persons in
-- each population. A person has one of each, so that persons add up as enrolments do.
WITH took_part AS (
    {took_part}
), person AS MATERIALIZED (
    SELECT
        participant_id,
        COUNT(*) AS participated,
        COUNT(CASE WHEN start_date >= :first THEN 1 END) AS started,
        COUNT(CASE WHEN end_date <= :last THEN 1 END) AS closed
    FROM took_part AS e
    WHERE {chosen_enrolment}
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
WHERE {chosen_or_anonymous}
GROUP BY p.municipality, p.sex, p.registration

-- One row: a compared period by its place, 1 to 4, and a kind of registration, with its enrolments
-- and persons. A person has one kind, so that persons add up as enrolments do.
WITH year AS (
    SELECT 1 AS place, :year1_first AS first, :year1_last AS last
    UNION ALL SELECT 2, :year2_first, :year2_last
    UNION ALL SELECT 3, :year3_first, :year3_last
    UNION ALL SELECT 4, :year4_first, :year4_last
), compared AS (
    {compared}
), chosen AS MATERIALIZED (
    SELECT participant_id, start_date, end_date
    FROM compared AS e
    WHERE {chosen_enrolment}
        -- Persons are looked up only where they narrow the choice: four periods of them take long.
        AND ((:municipality = '' AND :sex = '') OR EXISTS (
            SELECT 1 FROM participant AS p
            WHERE p.id = e.participant_id AND p.registration <> 'anonymous' AND {chosen_person}
        ))
), took_part AS (
    SELECT
        year.place,
        chosen.participant_id,
        CASE WHEN chosen.start_date >= year.first THEN 1 ELSE 0 END AS started,
        CASE WHEN chosen.end_date <= year.last THEN 1 ELSE 0 END AS closed
    FROM year
    JOIN chosen ON chosen.start_date <= year.last
        AND (chosen.end_date IS NULL OR chosen.end_date >= year.first)
), person AS MATERIALIZED (
    SELECT
        place,
        CASE WHEN participant_id IN (SELECT id FROM participant WHERE registration = 'anonymous')
            THEN 'anonymous' ELSE 'person' END AS registration,
        COUNT(*) AS participated,
        SUM(started) AS started,
        SUM(closed) AS closed
    FROM took_part
    GROUP BY place, participant_id
)
SELECT
    place,
    registration,
    SUM(started) AS started,
    COUNT(CASE WHEN started > 0 THEN 1 END) AS started_unique,
    SUM(closed) AS closed,
    COUNT(CASE WHEN closed > 0 THEN 1 END) AS closed_unique,
    SUM(participated) AS participated,
    COUNT(*) AS participated_unique
FROM person
GROUP BY place, registration

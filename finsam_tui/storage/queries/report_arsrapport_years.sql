-- One row: a compared period by its place, 1 to 4, and a kind of registration, with its enrolments
-- and persons. A person has one kind, so that persons add up as enrolments do.
WITH year AS (
    SELECT 1 AS place, :year1_first AS first, :year1_last AS last
    UNION ALL SELECT 2, :year2_first, :year2_last
    UNION ALL SELECT 3, :year3_first, :year3_last
    UNION ALL SELECT 4, :year4_first, :year4_last
), chosen AS MATERIALIZED (
    SELECT
        e.participant_id AS person,
        CASE WHEN e.participant_id IN (SELECT id FROM participant WHERE registration = 'anonymous')
            THEN 'anonymous' ELSE 'person' END AS registration,
        e.start_date,
        e.end_date
    FROM enrolment AS e
    WHERE e.start_date <= :year4_last AND COALESCE(e.end_date, :year4_last) >= :year1_first
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        -- Persons are looked up only where they narrow the choice: four periods of them take long.
        AND ((:municipality = '' AND :sex = '') OR EXISTS (
            SELECT 1 FROM participant AS p
            WHERE p.id = e.participant_id
                AND p.registration <> 'anonymous'
                AND :municipality IN ('', COALESCE(p.municipality, :missing))
                AND :sex IN ('', p.sex)
        ))
), took_part AS MATERIALIZED (
    SELECT
        year.place,
        chosen.registration,
        COUNT(*) AS participated,
        COUNT(CASE WHEN chosen.start_date >= year.first THEN 1 END) AS started,
        COUNT(CASE WHEN chosen.end_date <= year.last THEN 1 END) AS closed
    FROM year
    JOIN chosen ON chosen.start_date <= year.last
        AND (chosen.end_date IS NULL OR chosen.end_date >= year.first)
    GROUP BY year.place, chosen.person, chosen.registration
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
FROM took_part
GROUP BY place, registration

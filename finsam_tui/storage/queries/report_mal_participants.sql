-- One row: a programme, with the enrolments of the period and those begun in it, of registered and of
-- anonymous participants. Of every programme, whichever one the report is narrowed to: programmes
-- share costs.
WITH took_part AS (
    {took_part}
), taken AS (
    SELECT
        programme,
        CASE WHEN start_date >= :first THEN 1 ELSE 0 END AS started,
        CASE WHEN participant_id IN (SELECT id FROM participant WHERE registration = 'anonymous')
            THEN 1 ELSE 0 END AS anonymous
    FROM took_part AS e
    WHERE :coach IN ('', COALESCE(e.staff, :missing))
        -- Persons are looked up only where they narrow the choice: that takes long.
        AND ((:municipality = '' AND :sex = '') OR EXISTS (
            SELECT 1 FROM participant AS p
            WHERE p.id = e.participant_id AND p.registration <> 'anonymous' AND {chosen_person}
        ))
)
SELECT
    programme,
    SUM(1 - anonymous) AS registered,
    SUM(anonymous) AS anonymous,
    SUM(started * (1 - anonymous)) AS started,
    SUM(started * anonymous) AS started_anonymous
FROM taken
GROUP BY programme

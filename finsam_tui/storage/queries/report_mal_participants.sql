-- One row: a programme, with the enrolments of the period and those begun in it, of registered and of
-- anonymous participants; and how many of the registered were under 30 when they began. Of every
-- programme, whichever one the report is narrowed to: programmes share costs.
WITH took_part AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT participant_id, programme, staff, start_date
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT participant_id, programme, staff, start_date
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
), taken AS (
    SELECT
        e.programme,
        CASE p.registration WHEN 'anonymous' THEN 1 ELSE 0 END AS anonymous,
        CASE WHEN e.start_date >= :first THEN 1 ELSE 0 END AS started,
        -- A year less until the birthday: the day of the year as month and day, "03-15".
        CASE WHEN e.start_date >= :first AND p.registration <> 'anonymous' THEN
            CAST(SUBSTR(e.start_date, 1, 4) AS INTEGER)
            - CAST(SUBSTR(p.birth_date, 1, 4) AS INTEGER)
            - CASE WHEN SUBSTR(e.start_date, 6) < SUBSTR(p.birth_date, 6) THEN 1 ELSE 0 END
        END AS age
    FROM took_part AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT
    programme,
    SUM(1 - anonymous) AS registered,
    SUM(anonymous) AS anonymous,
    SUM(started * (1 - anonymous)) AS started,
    SUM(started * anonymous) AS started_anonymous,
    COUNT(age) AS age_told,
    COUNT(CASE WHEN age < 30 THEN 1 END) AS under_30
FROM taken
GROUP BY programme

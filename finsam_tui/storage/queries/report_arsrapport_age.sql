-- One row: an age in whole years at the start, or none, and a sex, with the enrolments in the period.
WITH taken AS (
    {took_part}
), took_part AS MATERIALIZED (
    SELECT
        -- A year less until the birthday: the day of the year as month and day, "03-15".
        CAST(SUBSTR(e.start_date, 1, 4) AS INTEGER) - CAST(SUBSTR(p.birth_date, 1, 4) AS INTEGER)
            - CASE WHEN SUBSTR(e.start_date, 6) < SUBSTR(p.birth_date, 6) THEN 1 ELSE 0 END AS age,
        p.sex
    FROM taken AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
)
SELECT age, sex, COUNT(*) AS enrolments
FROM took_part
GROUP BY age, sex

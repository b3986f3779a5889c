-- One row: an age in whole years at the start, or none, and a sex, with the enrolments in the period.
WITH taken AS (
    {took_part}
), took_part AS MATERIALIZED (
    SELECT
        {age_at_start} AS age,
        p.sex
    FROM taken AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
)
SELECT age, sex, COUNT(*) AS enrolments
FROM took_part
GROUP BY age, sex

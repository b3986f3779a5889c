-- One row: a programme, an assignment, or none, and a sex, with the enrolments in the period.
WITH taken AS (
    {took_part}
), took_part AS MATERIALIZED (
    SELECT e.programme, e.assignment, p.sex
    FROM taken
    JOIN enrolment AS e ON e.id = taken.id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
)
SELECT programme, assignment, sex, COUNT(*) AS enrolments
FROM took_part
GROUP BY programme, assignment, sex

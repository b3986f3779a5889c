-- One row: a sex and kind of registration, with the enrolments of the period and their persons.
WITH took_part AS (
    {took_part}
), person AS (
    SELECT participant_id, COUNT(*) AS participated
    FROM took_part AS e
    WHERE {chosen_enrolment}
    GROUP BY participant_id
)
SELECT
    p.registration,
    p.sex,
    SUM(participated) AS participated,
    COUNT(*) AS participated_unique
FROM person
CROSS JOIN participant AS p  -- in this order: all others are many more
WHERE p.id = person.participant_id
    AND {chosen_or_anonymous}
GROUP BY p.sex, p.registration

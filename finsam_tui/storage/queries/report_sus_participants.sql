-- One row: a programme, a kind of registration and a sex, with the enrolments of the period.
WITH took_part AS (
    {took_part}
)
SELECT
    e.programme,
    p.registration,
    p.sex,
    COUNT(*) AS enrolments
FROM took_part AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE {chosen_enrolment}
    AND {chosen_or_anonymous}
GROUP BY e.programme, p.registration, p.sex

-- One row: a sex and kind of registration, with the enrolments closed in the period and their persons.
WITH person AS MATERIALIZED (
    SELECT participant_id, COUNT(*) AS closed
    FROM enrolment AS e
    WHERE end_date BETWEEN :first AND :last
        AND {chosen_enrolment}
    GROUP BY participant_id
)
SELECT
    p.registration,
    p.sex,
    SUM(closed) AS closed,
    COUNT(*) AS closed_unique
FROM person
JOIN participant AS p ON p.id = person.participant_id
WHERE {chosen_or_anonymous}
GROUP BY p.sex, p.registration

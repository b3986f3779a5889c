-- One row: a sex, with the calls that fell due in the period, and their enrolments and persons.
WITH call AS MATERIALIZED (
    SELECT enrolment_id, COUNT(*) AS calls
    FROM follow_up
    WHERE {fallen_due}
    GROUP BY enrolment_id
)
SELECT
    p.sex,
    SUM(call.calls) AS calls,
    COUNT(*) AS enrolments,
    COUNT(DISTINCT e.participant_id) AS persons
FROM call
JOIN enrolment AS e ON e.id = call.enrolment_id
JOIN participant AS p ON p.id = e.participant_id
WHERE {chosen}
GROUP BY p.sex

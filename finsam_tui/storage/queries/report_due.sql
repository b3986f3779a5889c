-- One row: a sex, with the calls that fell due in the period, and their enrolments and persons.
WITH call AS MATERIALIZED (
    SELECT enrolment_id, COUNT(*) AS calls
    FROM follow_up
    -- Of a period not yet over, what has fallen due so far, and what was done before its day.
    WHERE due_date BETWEEN :first AND :last AND (due_date <= :today OR outcome IS NOT NULL)
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

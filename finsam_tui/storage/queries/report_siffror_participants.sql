-- One row: a programme, home municipality and kind of registration, with the enrolments of the period
-- and those of them that had started before it.
WITH took_part AS (
    {took_part}
)
SELECT
    e.programme,
    p.municipality,
    p.registration,
    COUNT(*) AS participated,
    COUNT(CASE WHEN e.start_date < :first THEN 1 END) AS carried,
    COUNT(CASE WHEN e.start_date >= :first THEN 1 END) AS started
FROM took_part AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE {chosen_enrolment}
    AND {chosen_or_anonymous}
GROUP BY p.municipality, p.registration, e.programme

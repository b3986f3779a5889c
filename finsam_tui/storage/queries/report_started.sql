-- One row: a sex and kind of registration, with the enrolments begun in the period and their persons.
WITH person AS MATERIALIZED (
    SELECT participant_id, COUNT(*) AS started
    FROM enrolment
    WHERE start_date BETWEEN :first AND :last
        AND :programme IN ('', programme)
        AND :coach IN ('', COALESCE(staff, :missing))
    GROUP BY participant_id
)
SELECT
    p.registration,
    p.sex,
    SUM(started) AS started,
    COUNT(*) AS started_unique
FROM person
JOIN participant AS p ON p.id = person.participant_id
WHERE (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY p.sex, p.registration

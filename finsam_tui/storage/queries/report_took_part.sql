-- One row: a sex and kind of registration, with the enrolments of the period and their persons.
WITH took_part AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT participant_id, programme, staff
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT participant_id, programme, staff
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
), person AS (
    SELECT participant_id, COUNT(*) AS participated
    FROM took_part
    WHERE :programme IN ('', programme)
        AND :coach IN ('', COALESCE(staff, :missing))
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
    AND (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY p.sex, p.registration

-- One row: a programme, a kind of registration and a sex, with the enrolments of the period.
WITH took_part AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT programme, staff, participant_id
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT programme, staff, participant_id
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
)
SELECT
    e.programme,
    p.registration,
    p.sex,
    COUNT(*) AS enrolments
FROM took_part AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY e.programme, p.registration, p.sex

-- One row: a programme, a kind of registration and a sex, with the enrolments of the period.
WITH took_part AS MATERIALIZED (
    -- In the order in which the persons are stored: that is many times as fast.
    SELECT programme, staff, participant_id
    FROM enrolment
    WHERE start_date <= :last AND (end_date IS NULL OR end_date >= :first)
    ORDER BY participant_id
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

-- One row: a programme, home municipality and kind of registration, with the enrolments of the period
-- and those of them that had started before it.
WITH took_part AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT participant_id, programme, staff, start_date
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT participant_id, programme, staff, start_date
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
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
WHERE (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY p.municipality, p.registration, e.programme

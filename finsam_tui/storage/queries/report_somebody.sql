-- One row: that somebody was enrolled in the period; no row where nobody was.
WITH took_part AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT participant_id, programme, staff
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT participant_id, programme, staff
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
)
SELECT 1 AS somebody
FROM took_part AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE (p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
LIMIT 1

-- One row: a programme, home municipality and sex, with the enrolments that took part in each of the
-- compared periods.
WITH took_part AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT participant_id, programme, staff, start_date, end_date
    FROM enrolment
    WHERE end_date >= :year1_first AND start_date <= :year4_last
    UNION ALL
    SELECT participant_id, programme, staff, start_date, end_date
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :year4_last
)
SELECT
    e.programme,
    p.municipality,
    p.sex,
    COUNT(CASE WHEN e.start_date <= :year1_last AND COALESCE(e.end_date, :year1_last) >= :year1_first
        THEN 1 END) AS year1,
    COUNT(CASE WHEN e.start_date <= :year2_last AND COALESCE(e.end_date, :year2_last) >= :year2_first
        THEN 1 END) AS year2,
    COUNT(CASE WHEN e.start_date <= :year3_last AND COALESCE(e.end_date, :year3_last) >= :year3_first
        THEN 1 END) AS year3,
    COUNT(CASE WHEN e.start_date <= :year4_last AND COALESCE(e.end_date, :year4_last) >= :year4_first
        THEN 1 END) AS year4
FROM took_part AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE p.registration <> 'anonymous'
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY e.programme, p.municipality, p.sex

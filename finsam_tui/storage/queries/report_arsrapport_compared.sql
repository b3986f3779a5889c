-- One row: a programme, home municipality and sex, with the enrolments that took part in each of the
-- compared periods.
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
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.start_date <= :year4_last AND COALESCE(e.end_date, :year4_last) >= :year1_first
    AND p.registration <> 'anonymous'
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY e.programme, p.municipality, p.sex

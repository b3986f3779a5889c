-- One row: a programme, home municipality and sex, with the enrolments that took part in each of the
-- compared periods.
WITH took_part AS (
    {compared}
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
WHERE {chosen}
GROUP BY e.programme, p.municipality, p.sex

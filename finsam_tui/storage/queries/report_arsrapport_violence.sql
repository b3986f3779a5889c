-- One row: a compared period by its place, 1 to 4, with what the screening of its new enrolments
-- found.
WITH newcomer AS (
    SELECT
        CASE WHEN e.start_date <= :year1_last THEN 1 WHEN e.start_date <= :year2_last THEN 2
            WHEN e.start_date <= :year3_last THEN 3 ELSE 4 END AS place,
        MAX(v.exposed) AS exposed,
        MAX(v.any_yes) AS any_yes
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    JOIN screening AS v ON v.enrolment_id = e.id AND v.status = 'answered'
    WHERE e.start_date BETWEEN :year1_first AND :year4_last
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
    GROUP BY e.id, e.start_date
)
SELECT
    place,
    COUNT(exposed) AS told,
    COUNT(CASE WHEN exposed = 1 THEN 1 END) AS exposed,
    COUNT(CASE WHEN any_yes = 1 THEN 1 END) AS any_yes
FROM newcomer
GROUP BY place

-- One row: a compared period by its place, 1 to 4, with what the screening of its new enrolments
-- found.
WITH newcomer AS MATERIALIZED (
    SELECT
        e.id,
        CASE WHEN e.start_date <= :year1_last THEN 1 WHEN e.start_date <= :year2_last THEN 2
            WHEN e.start_date <= :year3_last THEN 3 ELSE 4 END AS place
    FROM enrolment AS e
    WHERE e.start_date BETWEEN :year1_first AND :year4_last
        AND {chosen_unjoined}
), screened AS (
    SELECT
        newcomer.place,
        MAX(v.exposed) AS exposed,
        MAX(v.any_yes) AS any_yes
    FROM newcomer
    JOIN screening AS v ON v.enrolment_id = newcomer.id AND v.status = 'answered'
    GROUP BY newcomer.id, newcomer.place
)
SELECT
    place,
    COUNT(exposed) AS told,
    COUNT(CASE WHEN exposed = 1 THEN 1 END) AS exposed,
    COUNT(any_yes) AS any_told,
    COUNT(CASE WHEN any_yes = 1 THEN 1 END) AS any_yes
FROM screened
GROUP BY place

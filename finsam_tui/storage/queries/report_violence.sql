-- One row: a sex, with how far the screening of its new enrolments came and what it found.
WITH newcomer AS (
    SELECT
        p.sex,
        MAX({came_to}) AS came_to,
        MAX(v.exposed) AS exposed,
        MAX(v.any_yes) AS any_yes
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN screening AS v ON v.enrolment_id = e.id
    WHERE e.start_date BETWEEN :first AND :last
        AND {chosen}
    GROUP BY e.id, p.sex
)
SELECT
    sex,
    COUNT(*) AS started,
    COUNT(CASE WHEN came_to = 3 THEN 1 END) AS answered,
    COUNT(CASE WHEN came_to = 2 THEN 1 END) AS declined,
    COUNT(CASE WHEN came_to = 1 THEN 1 END) AS no_occasion,
    COUNT(CASE WHEN came_to = 0 THEN 1 END) AS not_asked,
    COUNT(exposed) AS told,
    COUNT(CASE WHEN exposed = 1 THEN 1 END) AS exposed,
    COUNT(any_yes) AS any_told,
    COUNT(CASE WHEN any_yes = 1 THEN 1 END) AS any_yes
FROM newcomer
GROUP BY sex

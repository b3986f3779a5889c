-- One row: a programme and home municipality with the closed enrolments: how many have a result, how
-- many results, who of them went onward and who was granted compensation for illness.
WITH ended AS MATERIALIZED (
    {ended}
), closed AS MATERIALIZED (
    SELECT
        e.id,
        e.programme,
        p.municipality,
        COUNT(r.result) AS results,
        MAX(COALESCE(c.positive, 0)) AS onward,
        MAX(CASE WHEN r.result IN ('sickness_compensation', 'activity_compensation')
            THEN 1 ELSE 0 END) AS granted
    FROM ended AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN enrolment_result AS r ON r.enrolment_id = e.id
    LEFT JOIN code AS c ON c.list = 'result' AND c.key = r.result
    WHERE {chosen}
    GROUP BY e.id, e.programme, p.municipality
)
SELECT
    programme,
    municipality,
    COUNT(*) AS closed,
    COUNT(CASE WHEN results > 0 THEN 1 END) AS answered,
    SUM(results) AS results,
    SUM(onward) AS onward,
    SUM(granted) AS granted
FROM closed
GROUP BY programme, municipality

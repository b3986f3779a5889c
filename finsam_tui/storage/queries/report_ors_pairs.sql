-- One row: ORS at start and at closure of a closed enrolment that has both, the highest start first;
-- no more than tell that there are too many to list.
WITH ended AS MATERIALIZED (
    {ended}
), closed AS MATERIALIZED (
    SELECT
        (SELECT o.total FROM ors AS o
            WHERE o.enrolment_id = e.id AND o.occasion = 'start' AND o.total IS NOT NULL
            ORDER BY o.date, o.id LIMIT 1) AS at_start,
        (SELECT o.total FROM ors AS o
            WHERE o.enrolment_id = e.id AND o.occasion = 'closure' AND o.total IS NOT NULL
            ORDER BY o.date DESC, o.id DESC LIMIT 1) AS at_closure
    FROM ended AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
)
SELECT at_start, at_closure
FROM closed
WHERE at_start IS NOT NULL AND at_closure IS NOT NULL
ORDER BY at_start DESC, at_closure DESC
LIMIT 31

-- One row: an individual programme with its year: whom it was to have, how many it counted without
-- persons, and the advice calls of the period.
SELECT
    g.id AS programme,
    g.volume,
    y.budget_participants AS budget,
    y.actual_participants AS actual,
    (SELECT SUM(a.count) FROM advice AS a
        WHERE a.programme = g.id AND a.date BETWEEN :first AND :last) AS calls
FROM programme AS g
LEFT JOIN programme_year AS y ON y.programme = g.id AND y.year = :year
WHERE g.type = 'individual' AND :programme IN ('', g.id)

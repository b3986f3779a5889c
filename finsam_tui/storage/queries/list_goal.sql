-- One row: a goal, the latest year first, in it the association's own before the programmes'.
SELECT
    g.id, g.year, coalesce(p.name, 'Hela förbundet') AS programme,
    measure.label AS measure, direction.label AS direction, g.target
FROM goal AS g
JOIN code AS measure ON measure.list = 'measure' AND measure.key = g.measure
JOIN code AS direction ON direction.list = 'goal_direction' AND direction.key = g.direction
LEFT JOIN programme AS p ON p.id = g.programme
ORDER BY g.year DESC, coalesce(p.name, ''), measure.sort
LIMIT :limit OFFSET :offset

-- One row: what another county or association has published of a year, the latest first.
SELECT c.id, c.year, NULL AS programme, level.label AS level, c.name, c.participants
FROM comparison AS c
JOIN code AS level ON level.list = 'comparison_level' AND level.key = c.level
ORDER BY c.year DESC, level.sort, c.name
LIMIT :limit OFFSET :offset

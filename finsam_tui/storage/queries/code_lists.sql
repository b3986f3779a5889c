-- One row: a code list that the association may change, with how many of its codes are in use.
SELECT l.key, l.label, SUM(c.active) AS used, SUM(1 - c.active) AS hidden
FROM code AS l
JOIN code AS c ON c.list = l.key
WHERE l.list = 'code_list'
GROUP BY l.key, l.label, l.sort
ORDER BY l.sort

-- One row: a programme's year, the latest year first.
SELECT y.id, y.year, p.name AS programme, y.budget_participants, y.budget_amount, y.actual_amount
FROM programme_year AS y
JOIN programme AS p ON p.id = y.programme
ORDER BY y.year DESC, p.name
LIMIT :limit OFFSET :offset

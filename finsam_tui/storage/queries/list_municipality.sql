-- One row: a municipality with its share of the association's population.
SELECT id, name, share
FROM municipality
ORDER BY name, id
LIMIT :limit OFFSET :offset

-- One row: a municipality of the association, with its share of the population in per cent.
SELECT id, name, share FROM municipality

-- One row: what a county or an association has published of the year, and whose register this is.
SELECT
    c.level,
    c.name,
    c.programmes,
    c.budget_participants,
    c.participants,
    c.started,
    c.closed,
    c.anonymous,
    c.budget_volume,
    c.volume,
    a.name AS own_association,
    a.county AS own_county
FROM comparison AS c
LEFT JOIN association AS a ON a.id = 1
WHERE c.year = :year

-- One row: a code of the list, with the party that it belongs to.
SELECT c.id, c.label, c.active, c.positive, party.label AS party
FROM code AS c
LEFT JOIN code AS party ON party.list = 'referrer_party' AND party.key = c.parent
WHERE c.list = :list
ORDER BY party.sort, party.key, c.sort, c.key

-- One row: somebody waiting to begin, the longest wait first.
SELECT
    queue.id, queue.participant_id, queue.date,
    coalesce(listed.name, 'Utan person') AS name,
    programme.name AS programme, party.label AS party, unit.label AS unit
FROM (
    SELECT id, participant_id, programme, date, party, unit
    FROM referral
    WHERE outcome = 'queue'
    ORDER BY date, id
    LIMIT :limit OFFSET :offset
) AS queue
JOIN programme ON programme.id = queue.programme
LEFT JOIN listed ON listed.id = queue.participant_id
LEFT JOIN code AS party ON party.list = 'referrer_party' AND party.key = queue.party
LEFT JOIN code AS unit ON unit.list = 'referrer_unit' AND unit.key = queue.unit
ORDER BY queue.date, queue.id

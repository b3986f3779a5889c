-- One row: a programme, a home municipality and a referring party and unit, each of the last three or
-- none, with the enrolments in the period.
WITH took_part AS (
    {took_part}
), referred AS MATERIALIZED (
    SELECT e.programme, p.municipality, r.party, r.unit
    FROM took_part AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN referral AS r ON r.id = e.referral_id
    WHERE {chosen}
)
SELECT programme, municipality, party, unit, COUNT(*) AS enrolments
FROM referred
GROUP BY municipality, party, unit, programme

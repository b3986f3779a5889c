-- One row: of a project, which is every programme but the one the report is about: a municipality and
-- a referring party and unit, or an age at the start and a sex, with the enrolments in the period;
-- or, without a programme, a sex with the enrolments and persons of all projects.
WITH took_part AS MATERIALIZED (
    {took_part}
), chosen AS MATERIALIZED (
    SELECT
        e.programme,
        e.participant_id,
        p.municipality,
        p.sex,
        r.party,
        r.unit,
        {age_at_start} AS age
    FROM took_part AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN referral AS r ON r.id = e.referral_id
    -- The programme is left out here where other reports are narrowed to it.
    WHERE e.programme <> COALESCE(NULLIF(:programme, ''), (
            SELECT programme FROM took_part
            GROUP BY programme ORDER BY COUNT(*) DESC, programme LIMIT 1
        ))
        AND p.registration <> 'anonymous'
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND {chosen_person}
)
SELECT 'home' AS what, programme, municipality, party, unit, NULL AS age, NULL AS sex,
    COUNT(*) AS enrolments, 0 AS persons
FROM chosen
GROUP BY programme, municipality, party, unit
UNION ALL
SELECT 'age', programme, NULL, NULL, NULL, age, sex, COUNT(*), 0
FROM chosen
GROUP BY programme, age, sex
UNION ALL
SELECT 'base', NULL, NULL, NULL, NULL, NULL, sex, COUNT(*), COUNT(DISTINCT participant_id)
FROM chosen
GROUP BY sex
UNION ALL
SELECT 'persons', programme, NULL, NULL, NULL, NULL, NULL, 0, COUNT(DISTINCT participant_id)
FROM chosen
GROUP BY programme

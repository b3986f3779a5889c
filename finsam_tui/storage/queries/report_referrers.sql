-- One row: a programme, a home municipality and a referring party and unit, each of the last three or
-- none, with the enrolments in the period.
WITH took_part AS (
    -- Those who have ended since, and those who are still there: each part has its index.
    SELECT participant_id, programme, staff, referral_id
    FROM enrolment
    WHERE end_date >= :first AND start_date <= :last
    UNION ALL
    SELECT participant_id, programme, staff, referral_id
    FROM enrolment
    WHERE end_date IS NULL AND start_date <= :last
), referred AS MATERIALIZED (
    SELECT e.programme, p.municipality, r.party, r.unit
    FROM took_part AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN referral AS r ON r.id = e.referral_id
    WHERE p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT programme, municipality, party, unit, COUNT(*) AS enrolments
FROM referred
GROUP BY municipality, party, unit, programme

-- One row: a referring party and unit, or none, with the enrolments begun that they led to.
WITH referred AS MATERIALIZED (
    SELECT r.party, r.unit
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN referral AS r ON r.id = e.referral_id
    WHERE e.start_date BETWEEN :first AND :last
        AND {chosen}
)
SELECT party, unit, COUNT(*) AS enrolments
FROM referred
GROUP BY party, unit

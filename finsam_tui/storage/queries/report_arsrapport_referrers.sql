-- One row: a home municipality, or none, and a referring party and unit, or none, with the
-- enrolments in the period.
WITH took_part AS MATERIALIZED (
    SELECT p.municipality, r.party, r.unit
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN referral AS r ON r.id = e.referral_id
    WHERE e.start_date <= :last AND COALESCE(e.end_date, :last) >= :first
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT municipality, party, unit, COUNT(*) AS enrolments
FROM took_part
GROUP BY municipality, party, unit

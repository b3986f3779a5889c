-- One row: a referring party and unit, or none, with the enrolments they led to.
SELECT r.party, r.unit, COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
LEFT JOIN referral AS r ON r.id = e.referral_id
WHERE e.start_date <= :last AND COALESCE(e.end_date, :last) >= :first
    AND p.registration <> 'anonymous'
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY r.party, r.unit

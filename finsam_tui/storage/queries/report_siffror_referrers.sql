-- One row: a programme with a referring party and unit, or none, and the enrolments they led to.
SELECT e.programme, r.party, r.unit, COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
LEFT JOIN referral AS r ON r.id = e.referral_id
WHERE e.start_date <= :last AND (e.end_date IS NULL OR e.end_date >= :first)
    AND p.registration <> 'anonymous'
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY e.programme, r.party, r.unit

-- One row: a sex, with the enrolments and persons that had a follow-up due in the period.
SELECT p.sex, COUNT(DISTINCT e.id) AS enrolments, COUNT(DISTINCT p.id) AS persons
FROM follow_up AS f
JOIN enrolment AS e ON e.id = f.enrolment_id
JOIN participant AS p ON p.id = e.participant_id
WHERE f.due_date BETWEEN :first AND :last AND (f.due_date <= :today OR f.outcome IS NOT NULL)
    AND p.registration <> 'anonymous'
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY p.sex

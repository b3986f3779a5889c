-- One row: a programme, an assignment, or none, and a sex, with the enrolments in the period.
SELECT e.programme, e.assignment, p.sex, COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.start_date <= :last AND (e.end_date IS NULL OR e.end_date >= :first)
    AND p.registration <> 'anonymous'
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
GROUP BY e.programme, e.assignment, p.sex

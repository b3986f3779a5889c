-- One row: an extension decided in the period, in the order of decision; the first of them.
SELECT x.months, x.livelihood, x.reason
FROM extension AS x
JOIN enrolment AS e ON e.id = x.enrolment_id
JOIN participant AS p ON p.id = e.participant_id
WHERE x.date BETWEEN :first AND :last
    AND p.registration <> 'anonymous'
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)
ORDER BY x.date, x.id
LIMIT 100

-- One row: the days between start and closure of the closed enrolments.
SELECT
    COUNT(*) AS closed,
    COALESCE(SUM(e.end_day - e.start_day), 0) AS days,
    MIN(e.end_day - e.start_day) AS shortest,
    MAX(e.end_day - e.start_day) AS longest
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.end_date BETWEEN :first AND :last
    AND p.registration <> 'anonymous'
    AND :programme IN ('', e.programme)
    AND :coach IN ('', COALESCE(e.staff, :missing))
    AND :municipality IN ('', COALESCE(p.municipality, :missing))
    AND :sex IN ('', p.sex)

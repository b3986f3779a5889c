-- One row: a municipality of the association, or none, with the enrolments of those who live there.
WITH counted AS (
    SELECT p.municipality, COUNT(*) AS enrolments
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE e.start_date <= :last AND (e.end_date IS NULL OR e.end_date >= :first)
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
    GROUP BY p.municipality
)
SELECT m.id, m.name, m.share AS population_share, COALESCE(c.enrolments, 0) AS enrolments
FROM municipality AS m
LEFT JOIN counted AS c ON c.municipality = m.id
UNION ALL
SELECT NULL, NULL, NULL, enrolments FROM counted WHERE municipality IS NULL

-- One row: ORS at start and at closure of a closed enrolment that has both, the highest start first;
-- no more than tell that there are too many to list.
SELECT at_start, at_closure
FROM (
    SELECT
        (SELECT o.total FROM ors AS o
            WHERE o.enrolment_id = e.id AND o.occasion = 'start' AND o.total IS NOT NULL
            ORDER BY o.date, o.id LIMIT 1) AS at_start,
        (SELECT o.total FROM ors AS o
            WHERE o.enrolment_id = e.id AND o.occasion = 'closure' AND o.total IS NOT NULL
            ORDER BY o.date DESC, o.id DESC LIMIT 1) AS at_closure
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE e.end_date BETWEEN :first AND :last
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
) AS closed
WHERE at_start IS NOT NULL AND at_closure IS NOT NULL
ORDER BY at_start DESC, at_closure DESC
LIMIT 31

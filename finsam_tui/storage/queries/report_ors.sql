-- One row: ORS at start and at closure of the closed enrolments; totals are in tenths.
WITH ended AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT id, participant_id, programme, staff
    FROM enrolment
    WHERE end_date BETWEEN :first AND :last
    ORDER BY id
), closed AS MATERIALIZED (
    SELECT
        (SELECT o.total FROM ors AS o
            WHERE o.enrolment_id = e.id AND o.occasion = 'start' AND o.total IS NOT NULL
            ORDER BY o.date, o.id LIMIT 1) AS at_start,
        (SELECT o.total FROM ors AS o
            WHERE o.enrolment_id = e.id AND o.occasion = 'closure' AND o.total IS NOT NULL
            ORDER BY o.date DESC, o.id DESC LIMIT 1) AS at_closure
    FROM ended AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
), compared AS (
    SELECT at_start, at_closure, at_closure - at_start AS rise FROM closed
)
SELECT
    COUNT(*) AS closed,
    COUNT(at_start) AS measured,
    COALESCE(SUM(at_start), 0) AS total,
    MIN(at_start) AS lowest,
    MAX(at_start) AS highest,
    COUNT(rise) AS pairs,
    COALESCE(SUM(rise), 0) AS rises,
    -- Half a tenth of slack: 26.3 - 21.3 is a little less than 5.
    COUNT(CASE WHEN rise >= :reliable_change - 0.05 THEN 1 END) AS improved,
    COUNT(CASE WHEN rise <= 0.05 - :reliable_change THEN 1 END) AS deteriorated
FROM compared

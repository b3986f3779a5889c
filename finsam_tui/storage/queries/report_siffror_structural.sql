-- One row: a structural programme that ran in the period or has figures for it: those of the year and
-- of the year before, and the attendees of the days of the period.
SELECT
    g.id AS programme,
    g.volume,
    y.budget_participants AS budget,
    y.actual_participants AS actual,
    b.actual_participants AS before,
    COUNT(CASE WHEN d.date BETWEEN :first AND :last THEN 1 END) AS days,
    SUM(CASE WHEN d.date BETWEEN :first AND :last THEN d.attendees END) AS attendees,
    COUNT(CASE WHEN d.id IS NOT NULL AND d.date IS NULL THEN 1 END) AS undated
FROM programme AS g
LEFT JOIN programme_year AS y ON y.programme = g.id AND y.year = :year
LEFT JOIN programme_year AS b ON b.programme = g.id AND b.year = :year - 1
LEFT JOIN structural_event AS d ON d.programme = g.id
WHERE g.type = 'structural' AND :programme IN ('', g.id)
GROUP BY
    g.id, g.volume, g.start_date, g.end_date,
    y.budget_participants, y.actual_participants, b.actual_participants
HAVING (COALESCE(g.start_date, :first) <= :last AND COALESCE(g.end_date, :last) >= :first)
    OR COALESCE(y.budget_participants, y.actual_participants) IS NOT NULL
    OR COUNT(CASE WHEN d.date BETWEEN :first AND :last THEN 1 END) > 0

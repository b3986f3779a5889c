-- One row: a programme that did not go as planned in the year, and how.
SELECT g.name, y.deviations
FROM programme_year AS y
JOIN programme AS g ON g.id = y.programme
WHERE y.year = :year AND y.deviations IS NOT NULL AND :programme IN ('', y.programme)
ORDER BY g.name

-- One row: a goal of the year, of a programme or, without one, of the association.
SELECT programme, measure, direction, target, comment
FROM goal
WHERE year = :year AND :programme IN ('', programme)

-- One row: the advice calls of the period.
SELECT COALESCE(SUM(count), 0) AS calls
FROM advice
WHERE date BETWEEN :first AND :last AND :programme IN ('', programme)

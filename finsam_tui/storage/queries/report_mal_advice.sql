-- One row: a programme, with the advice calls of the period.
SELECT programme, SUM(count) AS calls
FROM advice
WHERE date BETWEEN :first AND :last
GROUP BY programme

-- One row: who asked for advice, with the calls of the period; a call is about no person.
SELECT caller, SUM(count) AS calls
FROM advice
WHERE date BETWEEN :first AND :last AND :programme IN ('', programme)
GROUP BY caller

-- A condition: the call is due in the period. Of a period not yet over, what has fallen due so far,
-- and what was done before its day.
due_date BETWEEN :first AND :last AND (due_date <= :today OR outcome IS NOT NULL)

-- One row: a programme, with what it is for, and what it was to do and did in the year.
SELECT
    p.id,
    p.name,
    p.type,
    p.volume,
    p.start_date,
    p.end_date,
    p.cost_pool,
    p.parties,
    p.purpose,
    p.target_group,
    p.goal,
    y.year,
    y.budget_participants,
    y.actual_participants,
    y.budget_amount,
    y.actual_amount,
    y.result,
    y.fulfilment,
    y.deviations
FROM programme AS p
LEFT JOIN programme_year AS y ON y.programme = p.id AND y.year = :year

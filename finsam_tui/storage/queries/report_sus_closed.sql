-- One row: a number of months begun from start to closure, a closure reason, or none, and a sex, with
-- the closed enrolments.
SELECT
    12 * (CAST(SUBSTR(e.end_date, 1, 4) AS INTEGER) - CAST(SUBSTR(e.start_date, 1, 4) AS INTEGER))
        + CAST(SUBSTR(e.end_date, 6, 2) AS INTEGER) - CAST(SUBSTR(e.start_date, 6, 2) AS INTEGER)
        -- The month of the closure is whole from the day of the start on, or on its own last day.
        + CASE WHEN SUBSTR(e.end_date, 9) >= SUBSTR(e.start_date, 9)
            OR SUBSTR(e.end_date, 6) IN ('02-29', '04-30', '06-30', '09-30', '11-30')
            OR (SUBSTR(e.end_date, 6) = '02-28' AND CAST(SUBSTR(e.end_date, 1, 4) AS INTEGER) % 4 > 0)
            THEN 1 ELSE 0 END AS months,
    e.closure_reason,
    p.sex,
    COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE {ended_by_id}
    AND {chosen}
GROUP BY months, e.closure_reason, p.sex

-- One row: a number of months begun from start to closure, a closure reason, or none, and a sex, with
-- the closed enrolments.
WITH ended AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT id FROM enrolment WHERE end_date BETWEEN :first AND :last ORDER BY id
)
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
FROM ended
JOIN enrolment AS e ON e.id = ended.id
JOIN participant AS p ON p.id = e.participant_id
WHERE {chosen}
GROUP BY months, e.closure_reason, p.sex

-- One row: a day for the parties' staff, those without a date first, then the latest.
SELECT
    e.id, CAST(substr(e.date, 1, 4) AS INTEGER) AS year, p.name AS programme,
    e.date, e.attendees, e.comment
FROM structural_event AS e
JOIN programme AS p ON p.id = e.programme
ORDER BY coalesce(e.date, '9') DESC, e.id DESC
LIMIT :limit OFFSET :offset

-- One row: a text of a report, this year's or the latest of an earlier one; no row where there is none.
SELECT id, year, text
FROM report_text
WHERE part = :part AND COALESCE(programme, '') = :programme AND year <= :year
ORDER BY year DESC
LIMIT 1

-- One row: a text of a report, of the year asked for or of an earlier one.
SELECT programme, year, part, text
FROM report_text
WHERE year <= :year

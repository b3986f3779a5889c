-- One row: a structural programme's day of the period, or one without a date.
SELECT programme, date, attendees, lecturers, exhibitors, comment
FROM structural_event
WHERE date BETWEEN :first AND :last OR date IS NULL
ORDER BY date, id

-- A value: the age of the participant `p`, in whole years, at the start of the enrolment `e`. A
-- year less until the birthday: the day of the year as month and day, "03-15".
CAST(SUBSTR(e.start_date, 1, 4) AS INTEGER) - CAST(SUBSTR(p.birth_date, 1, 4) AS INTEGER)
- CASE WHEN SUBSTR(e.start_date, 6) < SUBSTR(p.birth_date, 6) THEN 1 ELSE 0 END

-- One row: when the first and the latest enrolment of the register started.
SELECT MIN(start_date) AS first, MAX(start_date) AS last FROM enrolment

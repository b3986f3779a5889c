-- One row: when the first and the latest enrolment of the register started.
SELECT
    (SELECT MIN(start_date) FROM enrolment) AS first,
    (SELECT MAX(start_date) FROM enrolment) AS last

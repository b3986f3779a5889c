-- One row: a total of the ORS taken during and after an enrolment, in the order of time.
SELECT ors.id, ors.date, code.label AS occasion, ors.total
FROM ors
JOIN code ON code.list = 'ors_occasion' AND code.key = ors.occasion
WHERE ors.enrolment_id = :enrolment_id AND ors.total IS NOT NULL
ORDER BY ors.date, code.sort, ors.id

-- Rows: the enrolments that ended in the period, in the order in which what belongs to them is
-- stored: that is many times as fast. These columns are in the index of the ends.
SELECT id, participant_id, programme, staff
FROM enrolment
WHERE end_date BETWEEN :first AND :last
ORDER BY id

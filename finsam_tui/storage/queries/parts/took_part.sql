-- Rows: the enrolments of the period. Those that have ended since, and those that are still there:
-- each half has its index, and these columns are in it.
SELECT id, participant_id, programme, staff, referral_id, start_date, end_date
FROM enrolment
WHERE end_date >= :first AND start_date <= :last
UNION ALL
SELECT id, participant_id, programme, staff, referral_id, start_date, end_date
FROM enrolment
WHERE end_date IS NULL AND start_date <= :last

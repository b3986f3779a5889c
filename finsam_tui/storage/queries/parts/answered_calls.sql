-- Rows: the answered calls that were due :months after closure, with consent or not asked for it,
-- in the order in which what belongs to them is stored: that is many times as fast.
SELECT id, enrolment_id
FROM follow_up
WHERE due_date BETWEEN :first AND :last AND months = :months
    AND outcome = 'answered' AND COALESCE(consent, 1) = 1
ORDER BY enrolment_id

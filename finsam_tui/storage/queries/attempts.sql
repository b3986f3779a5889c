-- One row: somebody was phoned, the latest first.
SELECT attempt.at, outcome.label AS outcome, attempt.callback_at, staff.name AS by_whom
FROM attempt
JOIN code AS outcome ON outcome.list = 'call_outcome' AND outcome.key = attempt.outcome
LEFT JOIN staff ON staff.id = attempt.staff
WHERE attempt.follow_up_id = :follow_up_id
ORDER BY attempt.at DESC, attempt.id DESC

-- A condition: the day of the call `f` has passed, and it is not done.
f.due_date < :today
AND COALESCE(f.outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone')

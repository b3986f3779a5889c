-- One row: a form begun and not saved, last changed before a day.
SELECT draft.id
FROM draft
WHERE draft.changed_at < :cutoff
ORDER BY draft.id

-- One row: a screening from before a day whose answers to the single questions are still there.
SELECT screening.id
FROM screening
WHERE screening.date < :cutoff
    AND EXISTS (SELECT 1 FROM screening_answer WHERE screening_answer.screening_id = screening.id)
ORDER BY screening.id

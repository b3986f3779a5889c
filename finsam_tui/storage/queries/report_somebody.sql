-- One row: that somebody was enrolled in the period; no row where nobody was.
WITH took_part AS (
    {took_part}
)
SELECT 1 AS somebody
FROM took_part AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE {chosen_enrolment}
    AND {chosen_or_anonymous}
LIMIT 1

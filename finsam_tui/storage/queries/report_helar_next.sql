-- One row: a number of months after which some programme calls, and the due date of the first call
-- after the period, or none.
SELECT
    n.months,
    (
        SELECT f.due_date
        FROM follow_up AS f
        JOIN enrolment AS e ON e.id = f.enrolment_id
        JOIN participant AS p ON p.id = e.participant_id
        WHERE f.due_date > :as_of AND f.months = n.months
            AND {chosen}
        ORDER BY f.due_date LIMIT 1
    ) AS due_date
FROM programme_follow_up AS n
WHERE :programme IN ('', n.programme_id)
GROUP BY n.months

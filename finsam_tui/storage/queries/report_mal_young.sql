-- One row: a programme, with the enrolments begun in the period whose age is known, and those of them
-- who were under 30 then.
WITH begun AS (
    SELECT
        e.programme,
        {age_at_start} AS age
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE e.start_date BETWEEN :first AND :last
        AND p.registration <> 'anonymous'
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND {chosen_person}
)
SELECT
    programme,
    COUNT(age) AS age_told,
    COUNT(CASE WHEN age < 30 THEN 1 END) AS under_30
FROM begun
GROUP BY programme

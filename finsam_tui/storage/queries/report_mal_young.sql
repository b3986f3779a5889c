-- One row: a programme, with the enrolments begun in the period whose age is known, and those of them
-- who were under 30 then.
WITH begun AS (
    SELECT
        e.programme,
        -- A year less until the birthday: the day of the year as month and day, "03-15".
        CAST(SUBSTR(e.start_date, 1, 4) AS INTEGER) - CAST(SUBSTR(p.birth_date, 1, 4) AS INTEGER)
            - CASE WHEN SUBSTR(e.start_date, 6) < SUBSTR(p.birth_date, 6) THEN 1 ELSE 0 END AS age
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

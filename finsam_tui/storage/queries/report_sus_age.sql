-- One row: an age in whole years at the start, or none, and a sex, with the enrolments begun.
SELECT
    -- A year less until the birthday: the day of the year as month and day, "03-15".
    CAST(SUBSTR(e.start_date, 1, 4) AS INTEGER) - CAST(SUBSTR(p.birth_date, 1, 4) AS INTEGER)
        - CASE WHEN SUBSTR(e.start_date, 6) < SUBSTR(p.birth_date, 6) THEN 1 ELSE 0 END AS age,
    p.sex,
    COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.start_date BETWEEN :first AND :last
    AND {chosen}
GROUP BY age, p.sex

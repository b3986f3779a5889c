-- One row: an age in whole years at the start, or none, and a sex, with the enrolments begun.
SELECT
    {age_at_start} AS age,
    p.sex,
    COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.start_date BETWEEN :first AND :last
    AND {chosen}
GROUP BY age, p.sex

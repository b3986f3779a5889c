-- One row: whether there was activity compensation at the start, at what age, or no answer; and a
-- sex, with the enrolments begun.
WITH begun AS MATERIALIZED (
    SELECT
        p.sex,
        {age_at_start} AS age,
        (
            SELECT MAX(CASE l.livelihood WHEN 'activity_compensation' THEN 1 ELSE 0 END)
            FROM assessment AS a
            JOIN assessment_livelihood AS l ON l.assessment_id = a.id
            WHERE a.enrolment_id = e.id AND a.occasion = 'start'
        ) AS compensated
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE e.start_date BETWEEN :first AND :last
        AND {chosen}
)
SELECT
    CASE WHEN compensated = 0 THEN 'without'
        WHEN compensated = 1 AND age < 30 THEN 'young'
        WHEN compensated = 1 AND age >= 30 THEN 'older' END AS state,
    sex,
    COUNT(*) AS enrolments
FROM begun
GROUP BY state, sex

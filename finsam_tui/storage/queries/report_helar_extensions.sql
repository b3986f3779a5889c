-- One row: the livelihood of extensions decided in the period, or none, and a sex, with how many
-- there are, their months, and the enrolments and persons whose first of them it is.
WITH decided AS (
    SELECT
        x.livelihood,
        x.months,
        p.sex,
        ROW_NUMBER() OVER (PARTITION BY e.id ORDER BY x.date, x.id) AS of_enrolment,
        ROW_NUMBER() OVER (PARTITION BY p.id ORDER BY x.date, x.id) AS of_person
    FROM extension AS x
    JOIN enrolment AS e ON e.id = x.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE x.date BETWEEN :first AND :last
        AND {chosen}
)
SELECT
    livelihood,
    sex,
    COUNT(*) AS extensions,
    SUM(months) AS months,
    COUNT(CASE WHEN of_enrolment = 1 THEN 1 END) AS enrolments,
    COUNT(CASE WHEN of_person = 1 THEN 1 END) AS persons
FROM decided
GROUP BY livelihood, sex

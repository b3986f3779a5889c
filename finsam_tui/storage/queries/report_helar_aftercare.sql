-- One row: a purpose of aftercare contacts of the period, or none, and a sex, with how many there
-- are, their minutes where they were noted, and the enrolments and persons whose first of them it is.
WITH contact AS (
    SELECT
        a.purpose,
        a.minutes,
        p.sex,
        ROW_NUMBER() OVER (PARTITION BY e.id ORDER BY a.date, a.id) AS of_enrolment,
        ROW_NUMBER() OVER (PARTITION BY p.id ORDER BY a.date, a.id) AS of_person
    FROM aftercare AS a
    JOIN enrolment AS e ON e.id = a.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE a.date BETWEEN :first AND :last
        AND {chosen}
)
SELECT
    purpose,
    sex,
    COUNT(*) AS contacts,
    COUNT(minutes) AS noted,
    SUM(minutes) AS minutes,
    COUNT(CASE WHEN of_enrolment = 1 THEN 1 END) AS enrolments,
    COUNT(CASE WHEN of_person = 1 THEN 1 END) AS persons
FROM contact
GROUP BY purpose, sex

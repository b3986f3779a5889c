-- One row: an education, a time in public support and a sex, with the enrolments begun; an education
-- or a time of none is not registered.
SELECT
    e.education,
    e.public_support_time,
    p.sex,
    COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.start_date BETWEEN :first AND :last
    AND {chosen}
GROUP BY e.public_support_time, e.education, p.sex

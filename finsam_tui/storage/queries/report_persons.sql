-- One row: an enrolment of the period, whose it is as far as a list may say it, and how much has been
-- done in the period. Of who is protected or anonymous, `o` has nothing.
WITH took_part AS MATERIALIZED (
    {took_part}
), chosen AS MATERIALIZED (
    SELECT e.id
    FROM took_part AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen_enrolment}
        AND {chosen_or_anonymous}
    ORDER BY e.id -- what was done for one stands beside that for the next
)
SELECT
    e.id,
    e.participant_id,
    CASE WHEN p.registration = 'anonymous' THEN 'anonymous'
        WHEN p.protection <> 'none' THEN 'protected' ELSE 'open' END AS identity,
    p.sex,
    o.personal_id,
    o.birth_date,
    o.first_name,
    o.last_name,
    o.municipality,
    e.programme,
    e.start_date,
    e.end_date,
    e.staff,
    -- Counted together, so that nobody can see whose were screenings for violence.
    (SELECT COUNT(*) FROM assessment AS a
        WHERE a.enrolment_id = e.id AND a.date BETWEEN :first AND :last)
    + (SELECT COUNT(*) FROM ors AS a
        WHERE a.enrolment_id = e.id AND a.date BETWEEN :first AND :last)
    + (SELECT COUNT(*) FROM screening AS a
        WHERE a.enrolment_id = e.id AND a.date BETWEEN :first AND :last)
    + (SELECT COUNT(*) FROM plan AS a
        WHERE a.enrolment_id = e.id AND a.date BETWEEN :first AND :last)
    + (SELECT COUNT(*) FROM note AS a
        WHERE a.enrolment_id = e.id AND a.at BETWEEN :first AND :last || 'T24:00')
    + (SELECT COUNT(*) FROM extension AS a
        WHERE a.enrolment_id = e.id AND a.date BETWEEN :first AND :last)
    + (SELECT COUNT(*) FROM aftercare AS a
        WHERE a.enrolment_id = e.id AND a.date BETWEEN :first AND :last)
    + (SELECT COUNT(*) FROM follow_up AS f
        JOIN attempt AS a ON a.follow_up_id = f.id
        WHERE f.enrolment_id = e.id AND a.at BETWEEN :first AND :last || 'T24:00')
        AS activities
FROM chosen
JOIN enrolment AS e ON e.id = chosen.id
JOIN participant AS p ON p.id = e.participant_id
LEFT JOIN participant AS o
    ON o.id = e.participant_id AND o.registration <> 'anonymous' AND o.protection = 'none'

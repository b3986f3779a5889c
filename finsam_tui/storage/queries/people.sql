-- One row: a person of the list with one enrolment of theirs, or none; in the order of the names.
SELECT
    listed.id, listed.sorted_name AS name, listed.birth_date, listed.phone,
    municipality.name AS municipality,
    enrolment.end_date, programme.name AS programme, staff.name AS coach,
    enrolment.id IS NOT NULL AS enrolled,
    EXISTS (
        SELECT 1 FROM referral WHERE referral.participant_id = listed.id AND referral.outcome = 'queue'
    ) AS waits
FROM (
    -- Names come last: the index alone is read until the page is full.
    SELECT id, search_key FROM participant
    WHERE (:word1 IS NULL OR search_key LIKE :word1)
        AND (:word2 IS NULL OR search_key LIKE :word2)
        AND (:word3 IS NULL OR search_key LIKE :word3)
        AND (:word4 IS NULL OR search_key LIKE :word4)
        AND (:word5 IS NULL OR search_key LIKE :word5)
        AND (:word6 IS NULL OR search_key LIKE :word6)
    UNION ALL
    -- Who is protected is found by the whole number and nothing less.
    SELECT id, search_key FROM participant WHERE personal_id = :number AND protection <> 'none'
    ORDER BY search_key, id
    LIMIT :limit OFFSET :offset
) AS page
JOIN listed ON listed.id = page.id
LEFT JOIN municipality ON municipality.id = listed.municipality
LEFT JOIN enrolment ON enrolment.participant_id = page.id
LEFT JOIN programme ON programme.id = enrolment.programme
LEFT JOIN staff ON staff.id = enrolment.staff
ORDER BY page.search_key, page.id, enrolment.end_date IS NOT NULL, enrolment.start_date DESC, enrolment.id

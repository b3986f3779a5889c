-- One row: how many people the list has with this filter.
SELECT count(*) AS people FROM (
    SELECT 1 FROM participant
    WHERE search_key LIKE :word1 AND search_key LIKE :word2 AND search_key LIKE :word3
        AND search_key LIKE :word4 AND search_key LIKE :word5 AND search_key LIKE :word6
    UNION ALL
    SELECT 1 FROM participant WHERE personal_id = :number AND protection <> 'none'
) AS found

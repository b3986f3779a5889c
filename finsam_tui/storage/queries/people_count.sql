-- One row: how many people the list has with this filter.
SELECT count(*) AS people FROM (
    SELECT 1 FROM participant
    WHERE (:word1 IS NULL OR search_key LIKE :word1)
        AND (:word2 IS NULL OR search_key LIKE :word2)
        AND (:word3 IS NULL OR search_key LIKE :word3)
        AND (:word4 IS NULL OR search_key LIKE :word4)
        AND (:word5 IS NULL OR search_key LIKE :word5)
        AND (:word6 IS NULL OR search_key LIKE :word6)
    UNION ALL
    SELECT 1 FROM participant WHERE personal_id = :number AND protection <> 'none'
) AS found

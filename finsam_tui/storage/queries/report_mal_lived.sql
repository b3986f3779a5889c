-- One row: a programme, with its closed enrolments of which it is known how the person lived at
-- closure, or what the person did, and those of them who lived by themselves, or worked or studied.
WITH ended AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT id, participant_id, programme, staff
    FROM enrolment
    WHERE end_date BETWEEN :first AND :last
    ORDER BY id
), lived AS MATERIALIZED (
    SELECT
        e.programme,
        -- No public support, or nothing but a wage; NULL of who has no answer.
        (
            SELECT CASE WHEN MAX(CASE l.livelihood WHEN 'no_public' THEN 1 ELSE 0 END) = 1 THEN 1
                ELSE MIN(CASE l.livelihood WHEN 'wage' THEN 1 ELSE 0 END) END
            FROM assessment_livelihood AS l WHERE l.assessment_id = a.id
        ) AS own_livelihood,
        (
            SELECT MAX(CASE WHEN o.occupation IN ('work', 'subsidised_work', 'studies')
                THEN 1 ELSE 0 END)
            FROM assessment_occupation AS o
            WHERE o.assessment_id = a.id AND o.occupation <> 'missing'
        ) AS work_or_studies
    FROM ended AS e
    CROSS JOIN assessment AS a  -- in this order: those of all others are many more
    WHERE a.enrolment_id = e.id
        AND a.occasion = 'closure'
        AND {chosen_unjoined}
)
SELECT
    programme,
    COUNT(own_livelihood) AS own_livelihood_told,
    COALESCE(SUM(own_livelihood), 0) AS own_livelihood,
    COUNT(work_or_studies) AS work_or_studies_told,
    COALESCE(SUM(work_or_studies), 0) AS work_or_studies
FROM lived
GROUP BY programme

-- One row: a programme, with its closed enrolments of which it is known how the person lived at
-- closure, or what the person did, and those of them who lived by themselves, or worked or studied.
WITH ended AS MATERIALIZED (
    {ended}
), lived AS MATERIALIZED (
    SELECT
        e.programme,
        (SELECT {own_livelihood} FROM assessment_livelihood AS l WHERE l.assessment_id = a.id)
            AS own_livelihood,
        (SELECT {work_or_studies} FROM assessment_occupation AS o WHERE o.assessment_id = a.id)
            AS work_or_studies
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

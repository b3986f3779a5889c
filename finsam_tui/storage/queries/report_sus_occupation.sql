-- One row: a sex and what was done at start and at closure, with the closed enrolments. It is a sum of
-- 1 work, 2 subsidised work, 4 studies and 8 job-seeking; 0 is neither, and none is not known. `more`
-- is whether work and studies take more of the week than at start, where both extents are known.
WITH closed AS MATERIALIZED (
    SELECT
        p.sex,
        CASE WHEN e.closure_reason = 'unmeasured' THEN 1 ELSE 0 END AS unmeasured,
        (SELECT SUM(CASE o.occupation WHEN 'work' THEN 1 WHEN 'subsidised_work' THEN 2
                WHEN 'studies' THEN 4 WHEN 'job_seeking' THEN 8 ELSE 0 END)
            FROM assessment_occupation AS o
            WHERE o.assessment_id = sa.id AND o.occupation <> 'missing') AS at_start,
        (SELECT SUM(CASE o.occupation WHEN 'work' THEN 1 WHEN 'subsidised_work' THEN 2
                WHEN 'studies' THEN 4 WHEN 'job_seeking' THEN 8 ELSE 0 END)
            FROM assessment_occupation AS o
            WHERE o.assessment_id = ca.id AND o.occupation <> 'missing') AS at_closure,
        sa.id AS start_id,
        ca.id AS closure_id
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    WHERE {ended_by_id}
        AND {chosen}
), told AS (
    SELECT
        sex,
        unmeasured,
        at_start,
        at_closure,
        -- Only who worked or studied both times has two extents.
        CASE WHEN at_start % 8 > 0 AND at_closure % 8 > 0 THEN
            (SELECT CASE WHEN COUNT(*) = COUNT(o.extent) THEN SUM(o.extent) END
                FROM assessment_occupation AS o
                WHERE o.assessment_id = closure_id
                    AND o.occupation IN ('work', 'subsidised_work', 'studies'))
            - (SELECT CASE WHEN COUNT(*) = COUNT(o.extent) THEN SUM(o.extent) END
                FROM assessment_occupation AS o
                WHERE o.assessment_id = start_id
                    AND o.occupation IN ('work', 'subsidised_work', 'studies'))
            END AS extended
    FROM closed
)
SELECT
    sex,
    unmeasured,
    at_start,
    at_closure,
    CASE WHEN extended > 0 THEN 1 WHEN extended <= 0 THEN 0 END AS more,
    COUNT(*) AS enrolments
FROM told
GROUP BY sex, unmeasured, at_start, at_closure, more

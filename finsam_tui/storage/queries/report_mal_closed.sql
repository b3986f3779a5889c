-- One row: a programme, with its closed enrolments: how long, why, to what, and how the person lived
-- at closure. Beside each count of a kind stands that of those who are known to be of it or not.
WITH closed AS MATERIALIZED (
    SELECT
        e.programme,
        e.end_day - e.start_day AS days,
        CASE WHEN e.closure_reason <> 'missing' THEN
            CASE WHEN e.closure_reason = 'illness' THEN 0 ELSE 1 END
        END AS not_ill,
        CASE WHEN s.level IS NOT NULL AND c.level IS NOT NULL THEN 1 ELSE 0 END AS measured,
        CASE WHEN c.level > s.level OR (
            SELECT MAX(code.positive) FROM enrolment_result AS r
            LEFT JOIN code ON code.list = 'result' AND code.key = r.result
            WHERE r.enrolment_id = e.id
        ) = 1 THEN 1 ELSE 0 END AS positive,
        -- No public support, or nothing but a wage; NULL of who has no answer.
        (
            SELECT CASE WHEN MAX(CASE l.livelihood WHEN 'no_public' THEN 1 ELSE 0 END) = 1 THEN 1
                ELSE MIN(CASE l.livelihood WHEN 'wage' THEN 1 ELSE 0 END) END
            FROM assessment_livelihood AS l WHERE l.assessment_id = ca.id
        ) AS own_livelihood,
        (
            SELECT MAX(CASE WHEN o.occupation IN ('work', 'subsidised_work', 'studies')
                THEN 1 ELSE 0 END)
            FROM assessment_occupation AS o
            WHERE o.assessment_id = ca.id AND o.occupation <> 'missing'
        ) AS work_or_studies
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
    LEFT JOIN code AS s ON s.list = 'step' AND s.key = sa.step
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    LEFT JOIN code AS c ON c.list = 'step' AND c.key = ca.step
    -- By id, and not by date: what lies together in the file is read together.
    WHERE e.id IN (SELECT id FROM enrolment WHERE end_date BETWEEN :first AND :last)
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT
    programme,
    COUNT(*) AS closed,
    SUM(days) AS days,
    COUNT(not_ill) AS reason_told,
    COALESCE(SUM(not_ill), 0) AS not_ill,
    SUM(measured) AS measured,
    SUM(measured * positive) AS positive,
    SUM((1 - measured) * positive) AS unmeasured_positive,
    COUNT(own_livelihood) AS own_livelihood_told,
    COALESCE(SUM(own_livelihood), 0) AS own_livelihood,
    COUNT(work_or_studies) AS work_or_studies_told,
    COALESCE(SUM(work_or_studies), 0) AS work_or_studies
FROM closed
GROUP BY programme

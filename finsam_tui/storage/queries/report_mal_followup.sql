-- One row: a programme and a number of months after closure, with the calls then due, and how those
-- people lived: at the call, if they answered it, and at closure. Beside each count stands that of
-- those who have told how it is; `same_` is at closure, of those who told it at the call.
WITH call AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT enrolment_id, months, outcome, consent, own_livelihood
    FROM follow_up
    WHERE {fallen_due}
    ORDER BY enrolment_id
), due AS MATERIALIZED (
    SELECT
        e.programme,
        f.months,
        CASE f.consent WHEN 1 THEN 1 ELSE 0 END AS consented,
        CASE WHEN f.outcome IN ('no_consent', 'gone') OR f.consent = 0 THEN 0 ELSE 1 END AS sampled,
        CASE WHEN f.outcome = 'answered' AND COALESCE(f.consent, 1) = 1 THEN 1 END AS answered,
        COALESCE(
            f.own_livelihood,
            (SELECT {own_livelihood} FROM assessment_livelihood AS l WHERE l.assessment_id = la.id)
        ) AS own_livelihood,
        (SELECT {work_or_studies} FROM assessment_occupation AS o WHERE o.assessment_id = la.id)
            AS work_or_studies,
        (SELECT {own_livelihood} FROM assessment_livelihood AS l WHERE l.assessment_id = ca.id)
            AS own_at_closure,
        (SELECT {work_or_studies} FROM assessment_occupation AS o WHERE o.assessment_id = ca.id)
            AS work_at_closure
    FROM call AS f
    JOIN enrolment AS e ON e.id = f.enrolment_id
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    LEFT JOIN assessment AS la ON la.enrolment_id = e.id AND la.occasion = f.months
        AND f.outcome = 'answered'
    WHERE {chosen_unjoined}
), lived AS (
    SELECT
        programme, months, consented, sampled, answered, own_at_closure, work_at_closure,
        answered * own_livelihood AS own_livelihood,
        answered * work_or_studies AS work_or_studies
    FROM due
)
SELECT
    programme,
    months,
    COUNT(*) AS due,
    SUM(consented) AS consented,
    SUM(sampled) AS sample,
    COUNT(answered) AS answered,
    COUNT(own_livelihood) AS own_livelihood_told,
    COALESCE(SUM(own_livelihood), 0) AS own_livelihood,
    COUNT(own_at_closure) AS own_livelihood_closure_told,
    COALESCE(SUM(own_at_closure), 0) AS own_livelihood_closure,
    COUNT(CASE WHEN own_livelihood IS NOT NULL THEN own_at_closure END)
        AS own_livelihood_same_told,
    COUNT(CASE WHEN own_livelihood IS NOT NULL AND own_at_closure = 1 THEN 1 END)
        AS own_livelihood_same,
    COUNT(work_or_studies) AS work_or_studies_told,
    COALESCE(SUM(work_or_studies), 0) AS work_or_studies,
    COUNT(work_at_closure) AS work_or_studies_closure_told,
    COALESCE(SUM(work_at_closure), 0) AS work_or_studies_closure,
    COUNT(CASE WHEN work_or_studies IS NOT NULL THEN work_at_closure END)
        AS work_or_studies_same_told,
    COUNT(CASE WHEN work_or_studies IS NOT NULL AND work_at_closure = 1 THEN 1 END)
        AS work_or_studies_same
FROM lived
GROUP BY programme, months

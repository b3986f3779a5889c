-- One row: a number of months after closure, and of the calls then due: a sex, with the enrolments
-- and persons; or, of those who answered, what they told, when (start, closure, after) and an answer,
-- with how many; the answer "any" counts those who told at all.
WITH due AS MATERIALIZED (
    SELECT
        e.id,
        e.participant_id,
        p.sex,
        f.id AS call,
        f.months,
        CASE WHEN f.outcome = 'answered' AND COALESCE(f.consent, 1) = 1 THEN 1 ELSE 0 END AS answered
    FROM follow_up AS f
    JOIN enrolment AS e ON e.id = f.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE f.due_date BETWEEN :first AND :last AND (f.due_date <= :today OR f.outcome IS NOT NULL)
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
), told AS MATERIALIZED (
    SELECT
        due.months,
        CASE a.occasion WHEN due.months THEN 'after' ELSE a.occasion END AS occasion,
        a.id,
        a.step,
        a.responsible
    FROM due
    JOIN assessment AS a ON a.enrolment_id = due.id
        AND a.occasion IN ('start', 'closure', due.months)
    WHERE due.answered = 1
), livelihood AS MATERIALIZED (
    SELECT t.months, t.occasion, t.id, l.livelihood
    FROM told AS t
    JOIN assessment_livelihood AS l ON l.assessment_id = t.id
    WHERE t.occasion <> 'start'
), occupation AS MATERIALIZED (
    SELECT t.months, t.occasion, t.id, o.occupation
    FROM told AS t
    JOIN assessment_occupation AS o ON o.assessment_id = t.id
    WHERE t.occasion <> 'start' AND o.occupation <> 'missing'
)
SELECT
    months,
    'due' AS asked,
    NULL AS occasion,
    NULL AS answer,
    sex,
    COUNT(*) AS enrolments,
    COUNT(DISTINCT participant_id) AS persons
FROM due
GROUP BY months, sex
UNION ALL
SELECT months, 'step', occasion, step, NULL, COUNT(*), NULL
FROM told
WHERE step IS NOT NULL
GROUP BY months, occasion, step
UNION ALL
SELECT months, 'responsible', occasion, responsible, NULL, COUNT(*), NULL
FROM told
WHERE responsible IS NOT NULL
GROUP BY months, occasion, responsible
UNION ALL
SELECT months, 'livelihood', occasion, livelihood, NULL, COUNT(*), NULL
FROM livelihood
GROUP BY months, occasion, livelihood
UNION ALL
SELECT months, 'livelihood', occasion, 'any', NULL, COUNT(DISTINCT id), NULL
FROM livelihood
GROUP BY months, occasion
UNION ALL
SELECT months, 'occupation', occasion, occupation, NULL, COUNT(*), NULL
FROM occupation
GROUP BY months, occasion, occupation
UNION ALL
SELECT months, 'occupation', occasion, 'any', NULL, COUNT(DISTINCT id), NULL
FROM occupation
GROUP BY months, occasion
UNION ALL
SELECT due.months, 'further', NULL, s.further_step, NULL, COUNT(*), NULL
FROM due
JOIN follow_up_further_step AS s ON s.follow_up_id = due.call
WHERE due.answered = 1
GROUP BY due.months, s.further_step
UNION ALL
SELECT months, 'aftercare', NULL, 'had', NULL, COUNT(*), NULL
FROM due
WHERE answered = 1 AND EXISTS (SELECT 1 FROM aftercare AS c WHERE c.enrolment_id = due.id)
GROUP BY months

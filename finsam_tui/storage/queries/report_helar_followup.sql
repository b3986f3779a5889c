-- One row: a number of months after closure, and of the calls then due: a sex, with the enrolments
-- and persons; or, of those who answered, what they told, when (start, closure, after), and an
-- answer, with how many gave it and how many gave that one first.
WITH call AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT id, enrolment_id, months, outcome, consent
    FROM follow_up
    WHERE due_date BETWEEN :first AND :last AND (due_date <= :today OR outcome IS NOT NULL)
    ORDER BY enrolment_id
), due AS MATERIALIZED (
    SELECT
        e.id,
        e.participant_id,
        p.sex,
        f.id AS call,
        f.months,
        CASE WHEN f.outcome = 'answered' AND COALESCE(f.consent, 1) = 1 THEN 1 ELSE 0 END AS answered
    FROM call AS f
    JOIN enrolment AS e ON e.id = f.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
), occasion AS (
    SELECT 'start' AS name UNION ALL SELECT 'closure' UNION ALL SELECT 'after'
), told AS MATERIALIZED (
    SELECT due.months, occasion.name AS occasion, a.id, a.step, a.responsible
    FROM due
    CROSS JOIN occasion
    JOIN assessment AS a ON a.enrolment_id = due.id
        AND a.occasion = CASE occasion.name WHEN 'after' THEN due.months ELSE occasion.name END
    WHERE due.answered = 1
)
SELECT
    months,
    'due' AS asked,
    NULL AS occasion,
    NULL AS answer,
    NULL AS step,
    NULL AS responsible,
    sex,
    COUNT(*) AS enrolments,
    NULL AS firsts,
    COUNT(DISTINCT participant_id) AS persons
FROM due
GROUP BY months, sex
UNION ALL
SELECT months, 'position', occasion, NULL, step, responsible, NULL, COUNT(*), NULL, NULL
FROM told
GROUP BY months, occasion, step, responsible
UNION ALL
SELECT
    t.months,
    'livelihood',
    t.occasion,
    l.livelihood,
    NULL,
    NULL,
    NULL,
    COUNT(*),
    SUM(CASE WHEN EXISTS (
        SELECT 1 FROM assessment_livelihood AS o
        WHERE o.assessment_id = t.id AND o.livelihood < l.livelihood
    ) THEN 0 ELSE 1 END),
    NULL
FROM told AS t
CROSS JOIN assessment_livelihood AS l  -- in this order: those of all others are many more
WHERE l.assessment_id = t.id AND t.occasion <> 'start'
GROUP BY t.months, t.occasion, l.livelihood
UNION ALL
SELECT
    t.months,
    'occupation',
    t.occasion,
    l.occupation,
    NULL,
    NULL,
    NULL,
    COUNT(*),
    SUM(CASE WHEN EXISTS (
        SELECT 1 FROM assessment_occupation AS o
        WHERE o.assessment_id = t.id AND o.occupation < l.occupation AND o.occupation <> 'missing'
    ) THEN 0 ELSE 1 END),
    NULL
FROM told AS t
CROSS JOIN assessment_occupation AS l
WHERE l.assessment_id = t.id AND t.occasion <> 'start' AND l.occupation <> 'missing'
GROUP BY t.months, t.occasion, l.occupation
UNION ALL
SELECT due.months, 'further', NULL, s.further_step, NULL, NULL, NULL, COUNT(*), NULL, NULL
FROM due
CROSS JOIN follow_up_further_step AS s
WHERE s.follow_up_id = due.call AND due.answered = 1
GROUP BY due.months, s.further_step
UNION ALL
SELECT months, 'aftercare', NULL, 'had', NULL, NULL, NULL, COUNT(*), NULL, NULL
FROM due
WHERE answered = 1 AND EXISTS (SELECT 1 FROM aftercare AS c WHERE c.enrolment_id = due.id)
GROUP BY months

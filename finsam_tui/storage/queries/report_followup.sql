-- One row: a number of months after closure and what came of the calls then due, with their count;
-- or, without months, a sex with the enrolments and persons that had a call due. Of the calls :months
-- after closure, where they are given.
WITH call AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT enrolment_id, months, due_date, outcome, date, consent, kept_step
    FROM follow_up
    WHERE {fallen_due}
        AND :months IN ('', months)
    ORDER BY enrolment_id
), due AS MATERIALIZED (
    SELECT
        e.id,
        e.participant_id,
        p.sex,
        f.months,
        f.kept_step,
        CASE WHEN {overdue} THEN 1 ELSE 0 END AS overdue,
        CASE WHEN f.outcome = 'no_consent' OR f.consent = 0 THEN 'no_consent'
            ELSE COALESCE(f.outcome, 'not_called') END AS came_to,
        CASE WHEN f.consent IS NULL THEN 1 ELSE 0 END AS unasked,
        -- Day 372 * year + 31 * month + day: months on are 31 more each, and their ends need no
        -- clamping, for no day of the month called in is later than its last.
        CASE WHEN f.outcome = 'answered' AND
            372 * (CAST(SUBSTR(f.date, 1, 4) AS INTEGER) - CAST(SUBSTR(f.due_date, 1, 4) AS INTEGER))
            + 31 * (CAST(SUBSTR(f.date, 6, 2) AS INTEGER) - CAST(SUBSTR(f.due_date, 6, 2) AS INTEGER))
            + CAST(SUBSTR(f.date, 9, 2) AS INTEGER) - CAST(SUBSTR(f.due_date, 9, 2) AS INTEGER)
            > 31 * :closes THEN 1 ELSE 0 END AS late,
        CASE WHEN f.outcome = 'answered' AND ({positive_result} OR EXISTS (
            SELECT 1 FROM assessment AS ca
            JOIN assessment AS sa ON sa.enrolment_id = ca.enrolment_id AND sa.occasion = 'start'
            JOIN code AS c ON c.list = 'step' AND c.key = ca.step
            JOIN code AS s ON s.list = 'step' AND s.key = sa.step
            WHERE ca.enrolment_id = e.id AND ca.occasion = 'closure'
                AND c.level > s.level
        )) THEN 1 ELSE 0 END AS positive
    FROM call AS f
    JOIN enrolment AS e ON e.id = f.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
)
SELECT
    months,
    came_to,
    COUNT(*) AS calls,
    SUM(overdue) AS overdue,
    SUM(unasked) AS unasked,
    SUM(late) AS late,
    SUM(positive) AS positive,
    COUNT(CASE WHEN positive = 1 AND kept_step IN ('kept', 'further') THEN 1 END) AS kept,
    COUNT(CASE WHEN positive = 1 AND kept_step = 'lost' THEN 1 END) AS lost,
    NULL AS sex,
    NULL AS enrolments,
    NULL AS persons
FROM due
GROUP BY months, came_to
UNION ALL
SELECT NULL, NULL, 0, 0, 0, 0, 0, 0, 0, sex, COUNT(DISTINCT id), COUNT(DISTINCT participant_id)
FROM due
GROUP BY sex

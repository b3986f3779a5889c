-- One row: a number of months after closure and what came of the calls then due, with their count.
WITH due AS (
    SELECT
        f.months,
        f.kept_step,
        CASE WHEN f.outcome = 'no_consent' OR f.consent = 0 THEN 'no_consent'
            WHEN f.outcome IS NOT NULL THEN f.outcome
            WHEN f.consent IS NULL THEN 'consent_not_asked'
            ELSE 'not_called' END AS came_to,
        -- Day 372 * year + 31 * month + day: months on are 31 more each, and their ends need no
        -- clamping, for no day of the month called in is later than its last.
        CASE WHEN 372 * (CAST(SUBSTR(f.date, 1, 4) AS INTEGER) - CAST(SUBSTR(f.due_date, 1, 4) AS INTEGER))
            + 31 * (CAST(SUBSTR(f.date, 6, 2) AS INTEGER) - CAST(SUBSTR(f.due_date, 6, 2) AS INTEGER))
            + CAST(SUBSTR(f.date, 9, 2) AS INTEGER) - CAST(SUBSTR(f.due_date, 9, 2) AS INTEGER)
            > 31 * :closes THEN 1 ELSE 0 END AS late,
        CASE WHEN c.level > s.level OR EXISTS (
            SELECT 1 FROM enrolment_result AS r
            JOIN code ON code.list = 'result' AND code.key = r.result AND code.positive = 1
            WHERE r.enrolment_id = e.id
        ) THEN 1 ELSE 0 END AS positive
    FROM follow_up AS f
    JOIN enrolment AS e ON e.id = f.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
    LEFT JOIN code AS s ON s.list = 'step' AND s.key = sa.step
    LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
    LEFT JOIN code AS c ON c.list = 'step' AND c.key = ca.step
    -- Of a period not yet over, what has fallen due so far, and what was done before its day.
    WHERE f.due_date BETWEEN :first AND :last AND (f.due_date <= :today OR f.outcome IS NOT NULL)
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT
    months,
    came_to,
    COUNT(*) AS calls,
    SUM(late) AS late,
    SUM(positive) AS positive,
    COUNT(CASE WHEN positive = 1 AND kept_step IN ('kept', 'further') THEN 1 END) AS kept,
    COUNT(CASE WHEN positive = 1 AND kept_step = 'lost' THEN 1 END) AS lost
FROM due
GROUP BY months, came_to

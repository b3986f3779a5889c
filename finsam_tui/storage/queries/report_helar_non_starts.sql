-- One row: a reason why a referral of the period did not start, or none, and a sex, with the
-- referrals, the persons whose first such referral it is, and the hours spent where they were noted.
WITH non_start AS (
    SELECT
        r.reason,
        r.hours,
        COALESCE(p.sex, 'unknown') AS sex,
        CASE WHEN r.participant_id IS NOT NULL AND ROW_NUMBER() OVER (
            PARTITION BY r.participant_id ORDER BY r.date, r.id
        ) = 1 THEN 1 ELSE 0 END AS first
    FROM referral AS r
    LEFT JOIN participant AS p ON p.id = r.participant_id
    WHERE r.outcome = 'non_start' AND r.date BETWEEN :first AND :last
        AND COALESCE(p.registration, '') <> 'anonymous'
        AND {chosen_referral}
)
SELECT
    reason,
    sex,
    COUNT(*) AS referrals,
    SUM(first) AS persons,
    COUNT(hours) AS noted,
    SUM(hours) AS hours,
    MIN(hours) AS least,
    MAX(hours) AS most
FROM non_start
GROUP BY reason, sex

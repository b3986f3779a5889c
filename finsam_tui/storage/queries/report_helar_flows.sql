-- One row: a kind of event dated in the period, and what came of it where it is a referral, with how
-- many there are, how many of them of anonymous participants, and the registered persons.
WITH event AS (
    SELECT 'referral' AS kind, r.outcome, r.participant_id, p.registration
    FROM referral AS r
    LEFT JOIN participant AS p ON p.id = r.participant_id
    WHERE r.outcome IN (SELECT key FROM code WHERE list = 'referral_outcome')
        AND r.date BETWEEN :first AND :last
        AND (COALESCE(p.registration, '') <> 'anonymous' OR (:municipality = '' AND :sex = ''))
        AND {chosen_referral}
    UNION ALL
    SELECT c.kind, NULL, e.participant_id, p.registration
    FROM (
        SELECT 'extension' AS kind, enrolment_id FROM extension WHERE date BETWEEN :first AND :last
        UNION ALL
        SELECT 'aftercare', enrolment_id FROM aftercare WHERE date BETWEEN :first AND :last
    ) AS c
    JOIN enrolment AS e ON e.id = c.enrolment_id
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen_enrolment}
        AND {chosen_or_anonymous}
)
SELECT
    kind,
    outcome,
    COUNT(*) AS events,
    COUNT(CASE WHEN registration = 'anonymous' THEN 1 END) AS anonymous,
    COUNT(DISTINCT CASE WHEN registration <> 'anonymous' THEN participant_id END) AS persons
FROM event
GROUP BY kind, outcome

-- One row: the ordinary service that closed enrolments went on to, 'none' or no answer, and whether
-- that was enhanced cooperation, or no answer; and a sex, with the enrolments.
SELECT
    COALESCE(
        e.ordinary_service,
        CASE WHEN e.enhanced_cooperation = 1 THEN 'enhanced_cooperation' END
    ) AS service,
    CASE WHEN e.enhanced_cooperation = 1 OR e.ordinary_service = 'enhanced_cooperation' THEN 'yes'
        WHEN e.enhanced_cooperation = 0 THEN 'no' END AS enhanced,
    p.sex,
    COUNT(*) AS enrolments
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
WHERE e.end_date BETWEEN :first AND :last
    AND {chosen}
GROUP BY service, enhanced, p.sex

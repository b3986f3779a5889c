-- One row: a screening of an enrolment that started in the period, and nothing of who it is of;
-- `counted` is 1 on the one of each enrolment that reports count: of those that came furthest, one
-- that found something. Reports count no anonymous participants here.
SELECT
    v.id,
    SUBSTR(v.date, 1, 7) AS month,
    p.sex,
    v.status,
    CASE ROW_NUMBER() OVER (
        PARTITION BY v.enrolment_id
        ORDER BY {came_to} DESC, COALESCE(v.exposed, -1) DESC, COALESCE(v.any_yes, -1) DESC, v.id
    ) WHEN 1 THEN 1 ELSE 0 END AS counted,
    v.instrument,
    v.exposed,
    v.any_yes,
    v.kinds,
    v.ongoing,
    CASE WHEN v.status = 'answered' THEN
        CASE WHEN v.referred_to IS NULL THEN 0 ELSE 1 END
    END AS referred,
    v.child_at_harm
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
JOIN screening AS v ON v.enrolment_id = e.id
WHERE e.start_date BETWEEN :first AND :last
    AND p.registration <> 'anonymous'

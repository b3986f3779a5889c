-- One row: something that an enrolment lacks, or the end of its time; of each kind the oldest.
-- `day` is what the kind counts from; `planned` the date that was to mend it, if there was one.
WITH ongoing AS MATERIALIZED (
    SELECT id, start_date, programme FROM enrolment
    WHERE end_date IS NULL AND start_date <= :today AND :staff IS NULL
    UNION ALL
    SELECT id, start_date, programme FROM enrolment
    WHERE end_date IS NULL AND start_date <= :today AND staff = :staff
),
unscreened AS (
    SELECT id, start_date, (
        SELECT max(new_date) FROM screening
        WHERE screening.enrolment_id = ongoing.id AND status = 'no_occasion'
    ) AS planned
    FROM ongoing
    WHERE :screens IN ('', (SELECT staff FROM enrolment WHERE enrolment.id = ongoing.id)) AND NOT EXISTS (
        SELECT 1 FROM screening
        WHERE screening.enrolment_id = ongoing.id AND status <> 'no_occasion'
    )
),
planned AS (
    -- A plan without a review date is current until the next one.
    SELECT id, start_date, (
        SELECT coalesce(review_date, '9999-12-31') FROM plan
        WHERE plan.enrolment_id = ongoing.id
        ORDER BY date DESC, id DESC LIMIT 1
    ) AS review_date
    FROM ongoing
),
unassessed AS (
    SELECT id, coalesce(
        (SELECT max(date) FROM assessment WHERE assessment.enrolment_id = ongoing.id), start_date
    ) AS day
    FROM ongoing
    WHERE start_date < :assessed_since AND NOT EXISTS (
        SELECT 1 FROM assessment
        WHERE assessment.enrolment_id = ongoing.id AND date >= :assessed_since
    )
),
allowed AS MATERIALIZED (
    SELECT ongoing.id, ongoing.start_date, programme.max_months + coalesce(
        (SELECT sum(months) FROM extension WHERE extension.enrolment_id = ongoing.id), 0
    ) AS months
    FROM ongoing
    JOIN programme ON programme.id = ongoing.programme
    WHERE programme.max_months IS NOT NULL
),
-- The time ends `months` after the start, on the same day of the month or the month's last. So it has
-- ended by a certain day if its month is an earlier one, or the same and its day no later.
timed AS (
    SELECT
        id, start_date, months,
        CAST(substr(start_date, 1, 4) AS INTEGER) * 12 + CAST(substr(start_date, 6, 2) AS INTEGER)
            + months AS end_month
    FROM allowed
),
gap AS (
    SELECT * FROM (
        SELECT 'gap_screening' AS kind, id, start_date AS day, planned, 0 AS months,
            count(*) OVER () AS total
        FROM unscreened
        WHERE planned <= :today OR planned IS NULL AND start_date <= :settled
        ORDER BY start_date, id
        LIMIT :limit
    ) AS screenings
    UNION ALL
    SELECT * FROM (
        SELECT 'gap_ors_start' AS kind, id, start_date, NULL, 0, count(*) OVER ()
        FROM ongoing
        WHERE start_date <= :settled AND NOT EXISTS (
            SELECT 1 FROM ors WHERE ors.enrolment_id = ongoing.id AND occasion = 'start'
        )
        ORDER BY start_date, id
        LIMIT :limit
    ) AS ors_start
    UNION ALL
    SELECT * FROM (
        SELECT 'gap_ors_closure' AS kind, id, end_date, NULL, 0, count(*) OVER ()
        FROM enrolment
        WHERE end_date BETWEEN :recently AND :today AND (:staff IS NULL OR staff = :staff)
            AND NOT EXISTS (
                SELECT 1 FROM ors WHERE ors.enrolment_id = enrolment.id AND occasion = 'closure'
            )
        ORDER BY end_date, id
        LIMIT :limit
    ) AS ors_closure
    UNION ALL
    SELECT * FROM (
        SELECT 'gap_plan' AS kind, id, start_date, review_date, 0, count(*) OVER ()
        FROM planned
        WHERE review_date < :today OR review_date IS NULL AND start_date <= :settled
        ORDER BY start_date, id
        LIMIT :limit
    ) AS plans
    UNION ALL
    SELECT * FROM (
        SELECT 'gap_assessment' AS kind, id, day, NULL, 0, count(*) OVER ()
        FROM unassessed
        ORDER BY day, id
        LIMIT :limit
    ) AS assessments
    UNION ALL
    SELECT * FROM (
        SELECT 'time_limit' AS kind, id, start_date, NULL, months, count(*) OVER ()
        FROM timed
        WHERE end_month < :limit_month
            OR end_month = :limit_month AND CAST(substr(start_date, 9, 2) AS INTEGER) <= :limit_day
        ORDER BY end_month, substr(start_date, 9, 2), id
        LIMIT :limit
    ) AS limits
)
SELECT
    gap.kind, gap.day, gap.planned, gap.months, gap.total,
    enrolment.id AS enrolment_id, enrolment.participant_id, listed.name,
    programme.name AS programme, staff.name AS coach
FROM gap
JOIN enrolment ON enrolment.id = gap.id
JOIN listed ON listed.id = enrolment.participant_id
JOIN programme ON programme.id = enrolment.programme
LEFT JOIN staff ON staff.id = enrolment.staff

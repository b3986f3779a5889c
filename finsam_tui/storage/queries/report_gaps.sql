-- One row: what is missing among the enrolments of the period, each count beside those it is of.
-- Who started after `settled` is not expected to have everything yet.
WITH took_part AS MATERIALIZED (
    {took_part}
), chosen AS MATERIALIZED (
    -- In the order in which what belongs to them is stored: that is many times as fast.
    SELECT e.id, e.start_date, e.end_date
    FROM took_part AS e
    WHERE {chosen_unjoined}
    ORDER BY e.id
), gap AS (
    SELECT
        CASE WHEN start_date BETWEEN :first AND :settled THEN 1 ELSE 0 END AS started,
        CASE WHEN end_date <= :last THEN 1 ELSE 0 END AS closed,
        CASE WHEN start_date <= :settled AND (end_date IS NULL OR end_date > :last)
            THEN 1 ELSE 0 END AS ongoing,
        CASE WHEN start_date BETWEEN :first AND :settled AND NOT EXISTS (
            SELECT 1 FROM screening AS v
            WHERE v.enrolment_id = chosen.id AND v.status <> 'no_occasion'
        ) THEN 1 ELSE 0 END AS screening,
        CASE WHEN start_date BETWEEN :first AND :settled AND NOT EXISTS (
            SELECT 1 FROM ors AS o WHERE o.enrolment_id = chosen.id AND o.occasion = 'start'
        ) THEN 1 ELSE 0 END AS ors_start,
        CASE WHEN end_date <= :last AND NOT EXISTS (
            SELECT 1 FROM ors AS o WHERE o.enrolment_id = chosen.id AND o.occasion = 'closure'
        ) THEN 1 ELSE 0 END AS ors_closure,
        CASE WHEN start_date <= :settled AND (end_date IS NULL OR end_date > :last) AND COALESCE((
            -- When the latest plan is to be reviewed; one without a date holds.
            SELECT COALESCE(latest.review_date, :as_of) FROM plan AS latest
            WHERE latest.enrolment_id = chosen.id AND latest.date <= :as_of
            ORDER BY latest.date DESC, latest.id DESC LIMIT 1
        ), '') < :as_of THEN 1 ELSE 0 END AS plan
    FROM chosen
)
SELECT
    COALESCE(SUM(started), 0) AS started,
    COALESCE(SUM(closed), 0) AS closed,
    COALESCE(SUM(ongoing), 0) AS ongoing,
    COALESCE(SUM(screening), 0) AS screening,
    COALESCE(SUM(ors_start), 0) AS ors_start,
    COALESCE(SUM(ors_closure), 0) AS ors_closure,
    COALESCE(SUM(plan), 0) AS plan
FROM gap

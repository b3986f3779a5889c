-- One row: a kind of support, or all or none of them, and a sex, with the enrolments and persons
-- closed with the assignment mapping; `others` are those closed with another assignment.
WITH closed AS MATERIALIZED (
    SELECT
        e.id,
        e.participant_id,
        p.sex,
        CASE WHEN e.assignment = 'mapping' THEN 1 ELSE 0 END AS mapping
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {ended_by_id}
        AND {chosen}
), given AS MATERIALIZED (
    SELECT closed.*, s.support
    FROM closed
    CROSS JOIN enrolment_support AS s  -- in this order: those of all others are many more
    WHERE s.enrolment_id = closed.id
)
SELECT
    'all' AS support,
    sex,
    SUM(mapping) AS enrolments,
    COUNT(DISTINCT CASE WHEN mapping = 1 THEN participant_id END) AS persons,
    SUM(1 - mapping) AS others
FROM closed
GROUP BY sex
UNION ALL
SELECT
    'any',
    sex,
    COUNT(DISTINCT CASE WHEN mapping = 1 THEN id END),
    0,
    COUNT(DISTINCT CASE WHEN mapping = 0 THEN id END)
FROM given
GROUP BY sex
UNION ALL
SELECT support, sex, SUM(mapping), 0, SUM(1 - mapping)
FROM given
GROUP BY support, sex

-- One row: a programme, with its open enrolments.
SELECT
    p.id, p.name, type.label AS type, p.volume, p.end_date,
    (SELECT count(*) FROM enrolment WHERE programme = p.id AND end_date IS NULL) AS enrolments
FROM programme AS p
JOIN code AS type ON type.list = 'programme_type' AND type.key = p.type
ORDER BY p.name, p.id
LIMIT :limit OFFSET :offset

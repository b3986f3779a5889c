-- One row: a participant, as lists show them.
SELECT
    listed.id, listed.name, listed.birth_date,
    CASE WHEN listed.protection <> 'none' OR listed.registration = 'anonymous' THEN 1 ELSE 0 END AS protected
FROM listed
ORDER BY listed.id

-- One row: whose register this is, and the reliable change of ORS where the association has set one.
SELECT
    (SELECT name FROM association) AS name,
    (SELECT value FROM setting WHERE key = 'ors_reliable_change') AS reliable_change

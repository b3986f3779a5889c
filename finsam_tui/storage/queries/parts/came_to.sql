-- A value: how far the screening `v` came, the higher the further; 0 of who has none.
CASE v.status WHEN 'answered' THEN 3 WHEN 'declined' THEN 2 WHEN 'no_occasion' THEN 1 ELSE 0 END

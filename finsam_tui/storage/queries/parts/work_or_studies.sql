-- A value: whether an occupation `o` of an assessment is work or studies; NULL of who has no
-- answer, which one that is missing is not.
MAX(CASE WHEN o.occupation IN ('work', 'subsidised_work', 'studies') THEN 1
    WHEN o.occupation <> 'missing' THEN 0 END)

-- A value: whether one of the occupations `o` of an assessment is work or studies; NULL of who has no
-- answer, which an occupation that is missing is not.
MAX(CASE WHEN o.occupation IN ('work', 'subsidised_work', 'studies') THEN 1
    WHEN o.occupation <> 'missing' THEN 0 END)

-- A condition: the participant `p` has the home and sex that the report is narrowed to.
:municipality IN ('', COALESCE(p.municipality, :missing))
AND :sex IN ('', p.sex)

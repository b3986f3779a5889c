-- A condition: the referral `r`, of the participant `p` if it has one, is in what the report is
-- narrowed to. It has no coach.
:programme IN ('', r.programme)
AND :coach IN ('', :missing)
AND :municipality IN ('', COALESCE(p.municipality, :missing))
AND :sex IN ('', COALESCE(p.sex, 'unknown'))

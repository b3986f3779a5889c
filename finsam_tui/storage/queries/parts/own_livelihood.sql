-- A value: whether the livelihoods `l` of an assessment tell of no public support, or of nothing
-- but a wage; NULL of who has no answer.
CASE WHEN MAX(CASE l.livelihood WHEN 'no_public' THEN 1 ELSE 0 END) = 1 THEN 1
    ELSE MIN(CASE l.livelihood WHEN 'wage' THEN 1 ELSE 0 END) END

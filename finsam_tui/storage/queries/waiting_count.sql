-- One row: how many wait to begin.
SELECT count(*) AS waiting FROM referral WHERE outcome = 'queue'

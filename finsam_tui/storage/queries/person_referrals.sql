-- One row: a referral of a participant, the latest first.
SELECT
    referral.id, referral.date, programme.name AS programme, party.label AS party, unit.label AS unit,
    referral.outcome, outcome.label AS outcome_label, reason.label AS reason
FROM referral
JOIN programme ON programme.id = referral.programme
JOIN code AS outcome ON outcome.list = 'referral_outcome' AND outcome.key = referral.outcome
LEFT JOIN code AS party ON party.list = 'referrer_party' AND party.key = referral.party
LEFT JOIN code AS unit ON unit.list = 'referrer_unit' AND unit.key = referral.unit
LEFT JOIN code AS reason ON reason.list = 'non_start_reason' AND reason.key = referral.reason
WHERE referral.participant_id = :participant_id
ORDER BY referral.date DESC, referral.id DESC

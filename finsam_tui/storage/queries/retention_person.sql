-- One row: a participant whose enrolments all ended before a day, and with whom nothing was begun or done since.
SELECT participant.id
FROM participant
WHERE EXISTS (SELECT 1 FROM enrolment WHERE enrolment.participant_id = participant.id)
    AND NOT EXISTS (
        SELECT 1 FROM enrolment
        WHERE enrolment.participant_id = participant.id
            AND (enrolment.end_date IS NULL OR enrolment.end_date >= :cutoff)
    )
    AND NOT EXISTS (
        SELECT 1 FROM referral
        WHERE referral.participant_id = participant.id
            AND (referral.date >= :cutoff OR referral.outcome = 'queue')
    )
    AND NOT EXISTS (
        SELECT 1 FROM enrolment
        JOIN aftercare ON aftercare.enrolment_id = enrolment.id
        WHERE enrolment.participant_id = participant.id AND aftercare.date >= :cutoff
    )
    AND NOT EXISTS (
        SELECT 1 FROM enrolment
        JOIN follow_up ON follow_up.enrolment_id = enrolment.id
        WHERE enrolment.participant_id = participant.id AND follow_up.date >= :cutoff
    )
ORDER BY participant.id

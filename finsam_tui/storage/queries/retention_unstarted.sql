-- One row: a participant never enrolled nor waiting, whose last referral, or registration if there is none, was before a day.
SELECT participant.id
FROM participant
WHERE NOT EXISTS (SELECT 1 FROM enrolment WHERE enrolment.participant_id = participant.id)
    AND NOT EXISTS (
        SELECT 1 FROM referral
        WHERE referral.participant_id = participant.id AND referral.outcome = 'queue'
    )
    AND coalesce(
        (SELECT max(referral.date) FROM referral WHERE referral.participant_id = participant.id),
        (
            SELECT max(substr(audit.at, 1, 10))
            FROM audit
            WHERE audit.table_name = 'participant' AND audit.action = 'insert'
                AND participant.id BETWEEN CAST(audit.row_id AS INTEGER)
                    AND CAST(coalesce(audit.last_row_id, audit.row_id) AS INTEGER)
        )
    ) < :cutoff
ORDER BY participant.id

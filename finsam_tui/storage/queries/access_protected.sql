-- One row: a participant with protected details, and whether they have a coach.
SELECT participant.id, EXISTS (
    SELECT 1 FROM enrolment WHERE enrolment.participant_id = participant.id AND enrolment.staff IS NOT NULL
) AS coaches
FROM participant
WHERE participant.id = :participant_id AND participant.protection <> 'none'

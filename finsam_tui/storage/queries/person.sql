-- One row: a participant with all that is known of the person; for their card only, never for a list.
SELECT
    participant.id, participant.registration, participant.personal_id,
    participant.first_name, participant.last_name, participant.birth_date, participant.phone,
    participant.interpreter, participant.protection, participant.version,
    listed.name AS listed_name, municipality.name AS municipality,
    sex.label AS sex, protection.label AS protection_label
FROM participant
JOIN listed ON listed.id = participant.id
JOIN code AS sex ON sex.list = 'sex' AND sex.key = participant.sex
JOIN code AS protection ON protection.list = 'protection' AND protection.key = participant.protection
LEFT JOIN municipality ON municipality.id = participant.municipality
WHERE participant.id = :participant_id

-- One row: whose register it is, the day of its first referral or enrolment, and its last change.
SELECT
    (SELECT association.name FROM association) AS association,
    (
        SELECT min(began.date)
        FROM (
            SELECT min(referral.date) AS date FROM referral
            UNION ALL
            SELECT min(enrolment.start_date) AS date FROM enrolment
        ) AS began
    ) AS first,
    (SELECT max(audit.at) FROM audit) AS changed

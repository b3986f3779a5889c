-- One row: a programme, an assignment, or none, and a sex, with the enrolments in the period.
WITH took_part AS MATERIALIZED (
    SELECT e.programme, e.assignment, p.sex
    FROM enrolment AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE e.start_date <= :last AND COALESCE(e.end_date, :last) >= :first
        AND p.registration <> 'anonymous'
        AND :programme IN ('', e.programme)
        AND :coach IN ('', COALESCE(e.staff, :missing))
        AND :municipality IN ('', COALESCE(p.municipality, :missing))
        AND :sex IN ('', p.sex)
)
SELECT programme, assignment, sex, COUNT(*) AS enrolments
FROM took_part
GROUP BY programme, assignment, sex

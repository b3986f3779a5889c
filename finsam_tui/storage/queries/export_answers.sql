-- One row: whether screenings have answers, of somebody's own participants and of others'.
SELECT
    EXISTS (
        SELECT 1 FROM screening_answer
        JOIN screening ON screening.id = screening_answer.screening_id
        JOIN enrolment ON enrolment.id = screening.enrolment_id
        WHERE enrolment.staff = :staff
    ) AS own,
    EXISTS (
        SELECT 1 FROM screening_answer
        JOIN screening ON screening.id = screening_answer.screening_id
        JOIN enrolment ON enrolment.id = screening.enrolment_id
        WHERE enrolment.staff IS NOT :staff
    ) AS others

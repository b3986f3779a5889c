-- One row: one of the several results, or kinds of support, of a participant's enrolment.
SELECT enrolment.id AS enrolment_id, 'result' AS field, code.label, code.positive, code.sort
FROM enrolment
JOIN enrolment_result ON enrolment_result.enrolment_id = enrolment.id
JOIN code ON code.list = 'result' AND code.key = enrolment_result.result
WHERE enrolment.participant_id = :participant_id
UNION ALL
SELECT enrolment.id, 'support', code.label, 0, code.sort
FROM enrolment
JOIN enrolment_support ON enrolment_support.enrolment_id = enrolment.id
JOIN code ON code.list = 'support' AND code.key = enrolment_support.support
WHERE enrolment.participant_id = :participant_id
ORDER BY 1, 2, 5, 3

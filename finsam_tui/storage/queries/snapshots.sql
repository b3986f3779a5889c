-- One row: one source of livelihood or one occupation of an assessment, or neither; assessments of an
-- enrolment in the order of time.
SELECT
    assessment.id, assessment.occasion, occasion.label AS occasion_label, assessment.date, assessment.hours,
    step.label AS step, step.level, responsible.label AS responsible,
    several.field, several.label, several.extent
FROM assessment
JOIN code AS occasion ON occasion.list = 'occasion' AND occasion.key = assessment.occasion
LEFT JOIN code AS step ON step.list = 'step' AND step.key = assessment.step
LEFT JOIN code AS responsible
    ON responsible.list = 'responsible_party' AND responsible.key = assessment.responsible
LEFT JOIN (
    SELECT assessment_livelihood.assessment_id, 'livelihood' AS field, code.label, NULL AS extent, code.sort
    FROM assessment
    JOIN assessment_livelihood ON assessment_livelihood.assessment_id = assessment.id
    JOIN code ON code.list = 'livelihood' AND code.key = assessment_livelihood.livelihood
    WHERE assessment.enrolment_id = :enrolment_id
    UNION ALL
    SELECT assessment_occupation.assessment_id, 'occupation', code.label, assessment_occupation.extent, code.sort
    FROM assessment
    JOIN assessment_occupation ON assessment_occupation.assessment_id = assessment.id
    JOIN code ON code.list = 'occupation' AND code.key = assessment_occupation.occupation
    WHERE assessment.enrolment_id = :enrolment_id
) AS several ON several.assessment_id = assessment.id
WHERE assessment.enrolment_id = :enrolment_id
ORDER BY assessment.date, occasion.sort, assessment.id, several.field, several.sort

-- One row: a questionnaire that came back, the latest year first, in it the last one entered.
SELECT q.id, q.year, p.name AS programme, occasion.label AS occasion, sex.label AS sex
FROM questionnaire AS q
JOIN programme AS p ON p.id = q.programme
JOIN code AS occasion ON occasion.list = 'questionnaire_occasion' AND occasion.key = q.occasion
LEFT JOIN code AS sex ON sex.list = 'sex' AND sex.key = q.sex
ORDER BY q.year DESC, q.id DESC
LIMIT :limit OFFSET :offset

-- One row: a programme and an item of its questionnaires at closure of the year, with those who said
-- yes and those who said either. They are about nobody's home or coach.
SELECT
    q.programme,
    a.item,
    COUNT(*) AS told,
    COUNT(CASE a.answer WHEN 'yes' THEN 1 END) AS yes
FROM questionnaire AS q
JOIN questionnaire_answer AS a ON a.questionnaire_id = q.id
WHERE q.year = :year AND q.occasion = 'closure' AND a.answer <> 'no_answer'
    AND :programme IN ('', q.programme)
    AND :coach = '' AND :municipality = ''
    AND :sex IN ('', COALESCE(q.sex, :missing))
GROUP BY q.programme, a.item

-- One row: what became of ORS from start to closure, or none without a pair, and whether the start
-- was clinical, or none without one; with the closed enrolments and their totals.
WITH ended AS MATERIALIZED (
    {ended}
), closed AS MATERIALIZED (
    SELECT
        p.birth_date,
        (SELECT o.id FROM ors AS o
            WHERE o.enrolment_id = e.id AND o.occasion = 'start' AND o.total IS NOT NULL
            ORDER BY o.date, o.id LIMIT 1) AS start_id,
        (SELECT o.id FROM ors AS o
            WHERE o.enrolment_id = e.id AND o.occasion = 'closure' AND o.total IS NOT NULL
            ORDER BY o.date DESC, o.id DESC LIMIT 1) AS closure_id
    FROM ended AS e
    JOIN participant AS p ON p.id = e.participant_id
    WHERE {chosen}
), measured AS (
    SELECT
        s.total AS at_start,
        c.total AS at_closure,
        c.total - s.total AS rise,
        -- At most the cut-off of the age at the measurement, in whole years.
        CASE WHEN s.total <= CASE WHEN CAST(SUBSTR(s.date, 1, 4) AS INTEGER)
            - CAST(SUBSTR(birth_date, 1, 4) AS INTEGER)
            - CASE WHEN SUBSTR(s.date, 6) < SUBSTR(birth_date, 6) THEN 1 ELSE 0 END < :adult
            THEN :cut_off_young ELSE :cut_off END THEN 1 ELSE 0 END AS clinical_start,
        CASE WHEN c.total <= CASE WHEN CAST(SUBSTR(c.date, 1, 4) AS INTEGER)
            - CAST(SUBSTR(birth_date, 1, 4) AS INTEGER)
            - CASE WHEN SUBSTR(c.date, 6) < SUBSTR(birth_date, 6) THEN 1 ELSE 0 END < :adult
            THEN :cut_off_young ELSE :cut_off END THEN 1 ELSE 0 END AS clinical_closure
    FROM closed
    LEFT JOIN ors AS s ON s.id = start_id
    LEFT JOIN ors AS c ON c.id = closure_id
)
SELECT
    -- Half a tenth of slack: 26.3 - 21.3 is a little less than 5.
    CASE WHEN rise IS NULL THEN NULL
        WHEN rise >= :reliable_change - 0.05 AND clinical_start = 1 AND clinical_closure = 0
            THEN 'recovered'
        WHEN rise >= :reliable_change - 0.05 THEN 'improved'
        WHEN rise <= 0.05 - :reliable_change THEN 'deteriorated'
        ELSE 'unchanged' END AS class,
    CASE WHEN at_start IS NOT NULL THEN clinical_start END AS clinical,
    COUNT(*) AS enrolments,
    SUM(at_start) AS start_sum,
    MIN(at_start) AS start_least,
    MAX(at_start) AS start_most,
    SUM(at_closure) AS closure_sum,
    MIN(at_closure) AS closure_least,
    MAX(at_closure) AS closure_most
FROM measured
GROUP BY class, clinical

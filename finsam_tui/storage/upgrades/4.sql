-- From version 3 of the schema to version 4: what a screening found stays where its answers do not.
-- As it was then; schema.sql is what holds now.

DROP TRIGGER audit_screening_insert;
DROP TRIGGER audit_screening_update;
DROP TRIGGER audit_screening_delete;

ALTER TABLE screening ADD COLUMN kinds TEXT CHECK (kinds IS NULL OR (exposed IS 1 AND length(kinds) BETWEEN 1 AND 60));

-- The questions of being exposed are the first three of vald-7, the one instrument there was.
UPDATE screening SET kinds = (
    SELECT group_concat(item, '|') FROM (
        SELECT item FROM screening_answer
        WHERE screening_id = screening.id AND item IN ('1', '2', '3') AND answer = 'yes'
        ORDER BY item
    )
) WHERE exposed = 1;

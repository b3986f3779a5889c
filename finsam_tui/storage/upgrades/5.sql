-- From version 4 of the schema to version 5: a draft may be of a record with a typed id, as a colleague's.
-- As it was then; schema.sql is what holds now.

ALTER TABLE draft RENAME TO draft_before;

CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    user TEXT NOT NULL,
    form TEXT NOT NULL,
    owner_id INTEGER NOT NULL DEFAULT 0,
    record_id ANY NOT NULL DEFAULT 0,
    record_version INTEGER,
    answers TEXT NOT NULL,
    field TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (user, form, owner_id, record_id)
) STRICT;

INSERT INTO draft SELECT * FROM draft_before;
DROP TABLE draft_before;

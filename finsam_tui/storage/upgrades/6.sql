-- From version 5 of the schema to version 6: who changes a code list, and when, is traced.
-- As it was then; schema.sql is what holds now.

CREATE TEMP TABLE code_before AS SELECT * FROM code ORDER BY rowid;
DROP TABLE code;

CREATE TABLE code (
    id INTEGER PRIMARY KEY,
    list TEXT NOT NULL CHECK (length(list) BETWEEN 1 AND 40),
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 60),
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 80 AND label NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    sort INTEGER NOT NULL DEFAULT 0,
    parent TEXT,
    positive INTEGER NOT NULL DEFAULT 0 CHECK (positive IN (0, 1)),
    level INTEGER CHECK (level BETWEEN 1 AND 99),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (list, key)
) STRICT;


INSERT INTO code (list, key, label, sort, parent, positive, level, active)
SELECT list, key, label, sort, parent, positive, level, active FROM code_before;
DROP TABLE code_before;

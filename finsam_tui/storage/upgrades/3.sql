-- From version 2 of the schema to version 3: the logs are sealed, and what is erased is told.
-- As it was then; schema.sql is what holds now.

-- Who erased what when its time was over, and why. `identity` is a keyed digest of the record's id and of its first
-- entry in the audit: a copy that still has the record can tell which it was, nothing else can. `audit_id` is the
-- audit's last entry then: later ones of a row with the same id are another record's.
CREATE TABLE erasure (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    kind TEXT NOT NULL,
    identity TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200 AND reason NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    audit_id INTEGER NOT NULL
) STRICT;

-- The rows that went with an erasure, and their values in the audit.
CREATE TABLE erased_row (
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    erasure_id INTEGER NOT NULL REFERENCES erasure (id),
    PRIMARY KEY (erasure_id, table_name, row_id)
) STRICT, WITHOUT ROWID;

-- A row for every entry of a log, made as it is committed. `digest` is keyed, of the entry's values and a random
-- salt; `mac` is keyed, of the entry, the digest and the mac before. So values (and the salt, without which nobody
-- can guess them from the digest) can be erased, while an entry that is changed or removed is found.
CREATE TABLE seal (
    log TEXT NOT NULL CHECK (log IN ('audit', 'access', 'erasure')),
    entry INTEGER NOT NULL,
    salt BLOB,
    digest BLOB,
    mac BLOB NOT NULL,
    PRIMARY KEY (log, entry)
) STRICT, WITHOUT ROWID;

-- What digests are keyed with, random and made with the register. Not derived from the key of its file: that is
-- changed when somebody leaves, and copies from before must still tell whom an erasure was about.
CREATE TABLE secret (
    purpose TEXT PRIMARY KEY CHECK (purpose IN ('seal', 'identity')),
    secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT;

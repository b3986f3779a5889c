-- From version 1 of the schema to version 2: what the year's report tells besides the people's own
-- records, and indexes that hold what reports ask for. As it was then; schema.sql is what holds now.

-- What a programme was to do in a year, and what came of it.
CREATE TABLE programme_year (
    id INTEGER PRIMARY KEY,
    programme TEXT NOT NULL REFERENCES programme (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2100),
    budget_participants INTEGER CHECK (budget_participants BETWEEN 0 AND 9999999),
    actual_participants INTEGER CHECK (actual_participants BETWEEN 0 AND 9999999), -- only where they are counted without persons
    budget_amount REAL CHECK (budget_amount BETWEEN 0 AND 10000000000 AND budget_amount = round(budget_amount, 2)), -- kronor
    actual_amount REAL CHECK (actual_amount BETWEEN 0 AND 10000000000 AND actual_amount = round(actual_amount, 2)),
    result TEXT CHECK (length(result) BETWEEN 1 AND 2000 AND result NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    fulfilment TEXT CHECK (length(fulfilment) BETWEEN 1 AND 200 AND fulfilment NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    deviations TEXT CHECK (length(deviations) BETWEEN 1 AND 2000 AND deviations NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (programme, year)
) STRICT;

-- What is to be reached in a year: by a programme, or by the whole association where none is named.
CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    programme TEXT REFERENCES programme (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2100),
    measure TEXT NOT NULL,
    direction TEXT NOT NULL DEFAULT 'at_least',
    target REAL NOT NULL CHECK (target BETWEEN 0 AND 1000000 AND target = round(target, 1)),
    comment TEXT CHECK (length(comment) BETWEEN 1 AND 2000 AND comment NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    measure_list TEXT NOT NULL AS ('measure') VIRTUAL,
    direction_list TEXT NOT NULL AS ('goal_direction') VIRTUAL,
    FOREIGN KEY (measure_list, measure) REFERENCES code (list, key),
    FOREIGN KEY (direction_list, direction) REFERENCES code (list, key)
) STRICT;
CREATE UNIQUE INDEX goal_once ON goal (year, coalesce(programme, ''), measure);

-- A day for the parties' own staff.
CREATE TABLE structural_event (
    id INTEGER PRIMARY KEY,
    programme TEXT NOT NULL REFERENCES programme (id),
    date TEXT CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    attendees INTEGER CHECK (attendees BETWEEN 0 AND 99999),
    lecturers INTEGER CHECK (lecturers BETWEEN 0 AND 999),
    exhibitors INTEGER CHECK (exhibitors BETWEEN 0 AND 999),
    comment TEXT CHECK (length(comment) BETWEEN 1 AND 2000 AND comment NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX structural_event_programme ON structural_event (programme, date);

-- A questionnaire that came back without a name: never tied to a participant.
CREATE TABLE questionnaire (
    id INTEGER PRIMARY KEY,
    programme TEXT NOT NULL REFERENCES programme (id),
    occasion TEXT NOT NULL,
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2100),
    sex TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    occasion_list TEXT NOT NULL AS ('questionnaire_occasion') VIRTUAL,
    sex_list TEXT NOT NULL AS ('sex') VIRTUAL,
    FOREIGN KEY (occasion_list, occasion) REFERENCES code (list, key),
    FOREIGN KEY (sex_list, sex) REFERENCES code (list, key)
) STRICT;
CREATE INDEX questionnaire_year ON questionnaire (year, programme, occasion);

CREATE TABLE questionnaire_answer (
    questionnaire_id INTEGER NOT NULL REFERENCES questionnaire (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    answer TEXT NOT NULL,
    answer_list TEXT NOT NULL AS ('questionnaire_answer') VIRTUAL,
    PRIMARY KEY (questionnaire_id, item),
    FOREIGN KEY (answer_list, answer) REFERENCES code (list, key)
) STRICT;

-- What other counties and associations have published, to compare with.
CREATE TABLE comparison (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2100),
    level TEXT NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120 AND name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    programmes INTEGER CHECK (programmes BETWEEN 0 AND 9999999),
    budget_participants INTEGER CHECK (budget_participants BETWEEN 0 AND 9999999),
    participants INTEGER CHECK (participants BETWEEN 0 AND 9999999),
    started INTEGER CHECK (started BETWEEN 0 AND 9999999),
    closed INTEGER CHECK (closed BETWEEN 0 AND 9999999),
    anonymous INTEGER CHECK (anonymous BETWEEN 0 AND 9999999),
    budget_volume INTEGER CHECK (budget_volume BETWEEN 0 AND 9999999),
    volume INTEGER CHECK (volume BETWEEN 0 AND 9999999),
    version INTEGER NOT NULL DEFAULT 1,
    level_list TEXT NOT NULL AS ('comparison_level') VIRTUAL,
    UNIQUE (year, level, name),
    FOREIGN KEY (level_list, level) REFERENCES code (list, key)
) STRICT;

-- A text part of a year's report: of a programme, or of the whole association where none is named.
CREATE TABLE report_text (
    id INTEGER PRIMARY KEY,
    programme TEXT REFERENCES programme (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2100),
    part TEXT NOT NULL,
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 20000 AND text NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    part_list TEXT NOT NULL AS ('report_part') VIRTUAL,
    FOREIGN KEY (part_list, part) REFERENCES code (list, key)
) STRICT;
CREATE UNIQUE INDEX report_text_once ON report_text (year, coalesce(programme, ''), part);

-- The indexes that reports read.
DROP INDEX assessment_step;
DROP INDEX ors_enrolment;
DROP INDEX screening_enrolment;
DROP INDEX plan_enrolment;
DROP INDEX extension_enrolment;
DROP INDEX aftercare_enrolment;
DROP INDEX enrolment_period;
DROP INDEX enrolment_ongoing;
DROP INDEX enrolment_end;
DROP INDEX advice_date;
DROP INDEX referral_outcome;
DROP INDEX follow_up_due;
CREATE INDEX assessment_occasion ON assessment (occasion, enrolment_id, step, responsible, hours);
CREATE INDEX ors_enrolment ON ors (enrolment_id, occasion, date, id, total);
CREATE INDEX screening_enrolment ON screening (enrolment_id, status, new_date, date, exposed, any_yes);
CREATE INDEX plan_enrolment ON plan (enrolment_id, date, id, review_date);
CREATE INDEX extension_enrolment ON extension (enrolment_id, date, months);
CREATE INDEX extension_date ON extension (date, enrolment_id);
CREATE INDEX aftercare_enrolment ON aftercare (enrolment_id, date);
CREATE INDEX aftercare_date ON aftercare (date, enrolment_id);
CREATE INDEX enrolment_start ON enrolment (start_date, programme, staff, participant_id, referral_id);
CREATE INDEX enrolment_ongoing ON enrolment (start_date, programme, staff, participant_id, referral_id, end_date)
    WHERE end_date IS NULL;
CREATE INDEX enrolment_end ON enrolment (end_date, start_date, programme, staff, participant_id, referral_id)
    WHERE end_date IS NOT NULL;
CREATE INDEX advice_date ON advice (date, programme, caller, count);
CREATE INDEX referral_outcome ON referral (outcome, date, participant_id, programme);
CREATE INDEX follow_up_due
    ON follow_up (due_date, outcome, months, consent, kept_step, own_livelihood, date, enrolment_id);
-- What reports ask of a row that they reach by its id, in a fifth of the pages. The planner takes an
-- index of texts for wide, so it is told how many bytes these rows have; the rest is what it assumes.
CREATE INDEX participant_person ON participant (id, registration, sex, municipality, birth_date);
CREATE INDEX referral_party ON referral (id, party, unit);
CREATE INDEX enrolment_whose ON enrolment (id, participant_id, programme, staff);
ANALYZE sqlite_schema; -- makes the table of statistics
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('participant', 'participant_person', '1000000 1 1 1 1 1 sz=40'),
    ('referral', 'referral_party', '1000000 1 1 1 sz=32'),
    ('enrolment', 'enrolment_whose', '1000000 1 1 1 1 sz=24');

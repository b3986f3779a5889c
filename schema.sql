-- The register: everything finsam knows, in one encrypted SQLite file.
--
-- Hand-written and true: a test holds it equal to all migrations applied, and every form field to a column.
-- Conventions
--   * dates are ISO text (2024-03-15), moments ISO text to the minute in local time (2024-03-15T14:30);
--     beside the dates that reports subtract stands a generated day number
--   * a coded column holds a key of `code`; its list is the generated column NAME_list, so that the
--     foreign key can say which list. Labels are Swedish, keys English
--   * yes/no is 1/0, and NULL is "not asked" or "not answered": missing is never no
--   * `ref` is the id a record has in files it was imported from; it makes a second import change nothing
--   * `version` counts the changes of a record, so that two people cannot overwrite each other unseen;
--     a table that has it is audited by three triggers (end of this file)
--   * several values of one field stand in a table of their own, NAME_VALUE

------------------------------------------------------------------------------------------------
-- The association and its lists
------------------------------------------------------------------------------------------------

-- A code list's entry. Keys are never changed, labels and order may be.
CREATE TABLE code (
    list TEXT NOT NULL CHECK (length(list) BETWEEN 1 AND 40),
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 60),
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 80 AND label NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    sort INTEGER NOT NULL DEFAULT 0,
    parent TEXT,                                   -- the key it belongs under (a unit's party)
    positive INTEGER NOT NULL DEFAULT 0 CHECK (positive IN (0, 1)), -- a result that counts as a positive step
    level INTEGER,                                 -- a step's place on the ladder
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),     -- offered for new entries
    PRIMARY KEY (list, key)
) STRICT;

-- What an association decides for itself: reliable change index, kept answers, …
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- One row: whose register this is.
CREATE TABLE association (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120 AND name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    county TEXT CHECK (length(county) BETWEEN 1 AND 80 AND county NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE municipality (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 20),        -- SCB code, or a word for "vistelsekommun"
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60 AND name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    share REAL CHECK (share BETWEEN 0 AND 100 AND share = round(share, 1)), -- of the association's population, per cent
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE programme (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 20),
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80 AND name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    type TEXT NOT NULL,                            -- individual or structural
    volume INTEGER NOT NULL DEFAULT 0 CHECK (volume IN (0, 1)), -- counted without persons
    start_date TEXT CHECK (start_date = date(start_date) AND start_date BETWEEN '1900-01-01' AND '2100-12-31'),
    end_date TEXT CHECK (end_date = date(end_date) AND end_date BETWEEN '1900-01-01' AND '2100-12-31'),
    max_months INTEGER CHECK (max_months BETWEEN 1 AND 120), -- participation is limited to
    cost_pool TEXT CHECK (length(cost_pool) BETWEEN 1 AND 40 AND cost_pool NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    parties TEXT CHECK (length(parties) BETWEEN 1 AND 2000 AND parties NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    purpose TEXT CHECK (length(purpose) BETWEEN 1 AND 2000 AND purpose NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    target_group TEXT CHECK (length(target_group) BETWEEN 1 AND 2000 AND target_group NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    goal TEXT CHECK (length(goal) BETWEEN 1 AND 2000 AND goal NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    type_list TEXT NOT NULL AS ('programme_type') VIRTUAL,
    FOREIGN KEY (type_list, type) REFERENCES code (list, key)
) STRICT;

-- After how many months former participants are phoned: 6, 18, 24.
CREATE TABLE programme_follow_up (
    programme_id TEXT NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    months TEXT NOT NULL,
    months_list TEXT NOT NULL AS ('follow_up_months') VIRTUAL,
    PRIMARY KEY (programme_id, months),
    FOREIGN KEY (months_list, months) REFERENCES code (list, key)
) STRICT;

CREATE TABLE staff (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 20),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80 AND name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    role TEXT NOT NULL,
    slot TEXT UNIQUE,                              -- the key slot this person unlocks the register with
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    role_list TEXT NOT NULL AS ('staff_role') VIRTUAL,
    FOREIGN KEY (role_list, role) REFERENCES code (list, key)
) STRICT;

------------------------------------------------------------------------------------------------
-- People and their way in
------------------------------------------------------------------------------------------------

-- A person registered with personal data, or anonymous (protected identity): then names, number and phone are empty.
CREATE TABLE participant (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    registration TEXT NOT NULL,
    -- 12 digits; a samordningsnummer has 60 added to the day, and 00 where day or
    -- month of birth is not known. The last CHECK is the Luhn sum over the last ten.
    personal_id TEXT UNIQUE CHECK (
        length(personal_id) = 12 AND personal_id NOT GLOB '*[^0-9]*'
        AND (date(substr(personal_id, 1, 4) || '-' || substr(personal_id, 5, 2) || '-'
            || substr('0' || (CAST(substr(personal_id, 7, 2) AS INTEGER) % 60), -2))
            = substr(personal_id, 1, 4) || '-' || substr(personal_id, 5, 2) || '-'
            || substr('0' || (CAST(substr(personal_id, 7, 2) AS INTEGER) % 60), -2)
            OR (substr(personal_id, 5, 2) = '00' AND substr(personal_id, 7, 2) BETWEEN '60' AND '91')
            OR (substr(personal_id, 7, 2) = '60' AND substr(personal_id, 5, 2) <= '12'))
        AND (substr(personal_id, 3, 1) * 2 / 10 + substr(personal_id, 3, 1) * 2 % 10 + substr(personal_id, 4, 1)
            + substr(personal_id, 5, 1) * 2 / 10 + substr(personal_id, 5, 1) * 2 % 10 + substr(personal_id, 6, 1)
            + substr(personal_id, 7, 1) * 2 / 10 + substr(personal_id, 7, 1) * 2 % 10 + substr(personal_id, 8, 1)
            + substr(personal_id, 9, 1) * 2 / 10 + substr(personal_id, 9, 1) * 2 % 10 + substr(personal_id, 10, 1)
            + substr(personal_id, 11, 1) * 2 / 10 + substr(personal_id, 11, 1) * 2 % 10 + substr(personal_id, 12, 1)
            ) % 10 = 0),
    first_name TEXT CHECK (length(first_name) BETWEEN 1 AND 60 AND first_name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    last_name TEXT CHECK (length(last_name) BETWEEN 1 AND 60 AND last_name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    birth_date TEXT CHECK (birth_date = date(birth_date) AND birth_date BETWEEN '1900-01-01' AND '2100-12-31'),
    sex TEXT NOT NULL,
    municipality TEXT REFERENCES municipality (id),
    phone TEXT CHECK (length(phone) BETWEEN 5 AND 20 AND phone NOT GLOB '*[^0-9+ -]*'),
    interpreter INTEGER CHECK (interpreter IN (0, 1)),
    protection TEXT NOT NULL DEFAULT 'none',
    search_key TEXT NOT NULL DEFAULT '',           -- folded name, number and phone: what the filter reads
    version INTEGER NOT NULL DEFAULT 1,
    registration_list TEXT NOT NULL AS ('registration') VIRTUAL,
    sex_list TEXT NOT NULL AS ('sex') VIRTUAL,
    protection_list TEXT NOT NULL AS ('protection') VIRTUAL,
    CHECK (registration <> 'anonymous'
        OR (personal_id IS NULL AND first_name IS NULL AND last_name IS NULL AND phone IS NULL)),
    CHECK (registration <> 'person' OR (personal_id IS NOT NULL OR birth_date IS NOT NULL)),
    FOREIGN KEY (registration_list, registration) REFERENCES code (list, key),
    FOREIGN KEY (sex_list, sex) REFERENCES code (list, key),
    FOREIGN KEY (protection_list, protection) REFERENCES code (list, key)
) STRICT;

-- The waiting list is the referrals with outcome `queue`.
CREATE TABLE referral (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    participant_id INTEGER REFERENCES participant (id),
    programme TEXT NOT NULL REFERENCES programme (id),
    date TEXT NOT NULL CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    day INTEGER AS (CAST(julianday(date) AS INTEGER)) VIRTUAL,
    party TEXT NOT NULL,
    unit TEXT,
    outcome TEXT NOT NULL,
    reason TEXT,                                   -- why it did not start
    hours REAL CHECK (hours BETWEEN 0 AND 200 AND hours = round(hours, 2)), -- spent on it
    comment TEXT CHECK (length(comment) BETWEEN 1 AND 2000 AND comment NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    party_list TEXT NOT NULL AS ('referrer_party') VIRTUAL,
    unit_list TEXT NOT NULL AS ('referrer_unit') VIRTUAL,
    outcome_list TEXT NOT NULL AS ('referral_outcome') VIRTUAL,
    reason_list TEXT NOT NULL AS ('non_start_reason') VIRTUAL,
    FOREIGN KEY (party_list, party) REFERENCES code (list, key),
    FOREIGN KEY (unit_list, unit) REFERENCES code (list, key),
    FOREIGN KEY (outcome_list, outcome) REFERENCES code (list, key),
    FOREIGN KEY (reason_list, reason) REFERENCES code (list, key)
) STRICT;

-- Advice over the phone, counted without a person.
CREATE TABLE advice (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    date TEXT NOT NULL CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    programme TEXT NOT NULL REFERENCES programme (id),
    caller TEXT NOT NULL,
    referred_to TEXT CHECK (length(referred_to) BETWEEN 1 AND 120 AND referred_to NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    count INTEGER NOT NULL DEFAULT 1 CHECK (count BETWEEN 1 AND 999),
    version INTEGER NOT NULL DEFAULT 1,
    caller_list TEXT NOT NULL AS ('advice_caller') VIRTUAL,
    FOREIGN KEY (caller_list, caller) REFERENCES code (list, key)
) STRICT;

------------------------------------------------------------------------------------------------
-- The time in a programme
------------------------------------------------------------------------------------------------

-- A participant in a programme, from start to closure. Open while end_date is NULL.
CREATE TABLE enrolment (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    participant_id INTEGER NOT NULL REFERENCES participant (id),
    referral_id INTEGER REFERENCES referral (id),
    programme TEXT NOT NULL REFERENCES programme (id),
    staff TEXT REFERENCES staff (id),
    assignment TEXT,
    start_date TEXT NOT NULL CHECK (start_date = date(start_date) AND start_date BETWEEN '1900-01-01' AND '2100-12-31'),
    start_day INTEGER AS (CAST(julianday(start_date) AS INTEGER)) VIRTUAL,
    education TEXT,
    public_support_time TEXT,
    end_date TEXT CHECK (end_date = date(end_date) AND end_date BETWEEN '1900-01-01' AND '2100-12-31'),
    end_day INTEGER AS (CAST(julianday(end_date) AS INTEGER)) VIRTUAL,
    closure_reason TEXT,
    ordinary_service TEXT,
    enhanced_cooperation INTEGER CHECK (enhanced_cooperation IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    assignment_list TEXT NOT NULL AS ('assignment') VIRTUAL,
    education_list TEXT NOT NULL AS ('education') VIRTUAL,
    public_support_time_list TEXT NOT NULL AS ('public_support_time') VIRTUAL,
    closure_reason_list TEXT NOT NULL AS ('closure_reason') VIRTUAL,
    ordinary_service_list TEXT NOT NULL AS ('ordinary_service') VIRTUAL,
    CHECK (end_date >= start_date),
    CHECK (end_date IS NOT NULL OR closure_reason IS NULL),
    FOREIGN KEY (assignment_list, assignment) REFERENCES code (list, key),
    FOREIGN KEY (education_list, education) REFERENCES code (list, key),
    FOREIGN KEY (public_support_time_list, public_support_time) REFERENCES code (list, key),
    FOREIGN KEY (closure_reason_list, closure_reason) REFERENCES code (list, key),
    FOREIGN KEY (ordinary_service_list, ordinary_service) REFERENCES code (list, key)
) STRICT;
-- No second open enrolment in the same programme.
CREATE UNIQUE INDEX enrolment_open ON enrolment (participant_id, programme) WHERE end_date IS NULL;

-- What the person went to; several.
CREATE TABLE enrolment_result (
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    result TEXT NOT NULL,
    result_list TEXT NOT NULL AS ('result') VIRTUAL,
    PRIMARY KEY (enrolment_id, result),
    FOREIGN KEY (result_list, result) REFERENCES code (list, key)
) STRICT;

-- Kinds of support given during the enrolment; several.
CREATE TABLE enrolment_support (
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id) ON DELETE CASCADE,
    support TEXT NOT NULL,
    support_list TEXT NOT NULL AS ('support') VIRTUAL,
    PRIMARY KEY (enrolment_id, support),
    FOREIGN KEY (support_list, support) REFERENCES code (list, key)
) STRICT;

-- The same snapshot at every occasion: start, month, closure, and 6, 18, 24 months after.
CREATE TABLE assessment (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    occasion TEXT NOT NULL,
    date TEXT NOT NULL CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    step TEXT,
    responsible TEXT,
    hours INTEGER CHECK (hours BETWEEN 0 AND 60),  -- in activity, a week
    version INTEGER NOT NULL DEFAULT 1,
    occasion_list TEXT NOT NULL AS ('occasion') VIRTUAL,
    step_list TEXT NOT NULL AS ('step') VIRTUAL,
    responsible_list TEXT NOT NULL AS ('responsible_party') VIRTUAL,
    FOREIGN KEY (occasion_list, occasion) REFERENCES code (list, key),
    FOREIGN KEY (step_list, step) REFERENCES code (list, key),
    FOREIGN KEY (responsible_list, responsible) REFERENCES code (list, key)
) STRICT;
CREATE UNIQUE INDEX assessment_once ON assessment (enrolment_id, occasion) WHERE occasion <> 'month';
CREATE INDEX assessment_enrolment ON assessment (enrolment_id, date);

CREATE TABLE assessment_livelihood (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
    livelihood TEXT NOT NULL,
    livelihood_list TEXT NOT NULL AS ('livelihood') VIRTUAL,
    PRIMARY KEY (assessment_id, livelihood),
    FOREIGN KEY (livelihood_list, livelihood) REFERENCES code (list, key)
) STRICT;

CREATE TABLE assessment_occupation (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
    occupation TEXT NOT NULL,
    extent INTEGER CHECK (extent BETWEEN 1 AND 100), -- per cent of full time
    occupation_list TEXT NOT NULL AS ('occupation') VIRTUAL,
    PRIMARY KEY (assessment_id, occupation),
    FOREIGN KEY (occupation_list, occupation) REFERENCES code (list, key)
) STRICT;

-- Four scores, or only their total, or a reason for none. Scores 0,0–10,0 and total 0–40, in tenths.
CREATE TABLE ors (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    occasion TEXT NOT NULL,
    date TEXT NOT NULL CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    individually REAL CHECK (individually BETWEEN 0 AND 10 AND individually = round(individually, 1)),
    close REAL CHECK (close BETWEEN 0 AND 10 AND close = round(close, 1)),
    socially REAL CHECK (socially BETWEEN 0 AND 10 AND socially = round(socially, 1)),
    overall REAL CHECK (overall BETWEEN 0 AND 10 AND overall = round(overall, 1)),
    total REAL CHECK (total BETWEEN 0 AND 40 AND total = round(total, 1)),
    not_taken TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    occasion_list TEXT NOT NULL AS ('ors_occasion') VIRTUAL,
    not_taken_list TEXT NOT NULL AS ('ors_not_taken') VIRTUAL,
    CHECK ((total IS NULL) = (not_taken IS NOT NULL)),
    FOREIGN KEY (occasion_list, occasion) REFERENCES code (list, key),
    FOREIGN KEY (not_taken_list, not_taken) REFERENCES code (list, key)
) STRICT;
CREATE INDEX ors_enrolment ON ors (enrolment_id, occasion, date);

-- A violence screening with its safety routine. The derived flags stay even where the item answers are not kept.
CREATE TABLE screening (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    date TEXT NOT NULL CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    alone INTEGER CHECK (alone IN (0, 1)),
    interpreter TEXT,
    informed INTEGER CHECK (informed IN (0, 1)),
    status TEXT NOT NULL,
    why TEXT CHECK (length(why) BETWEEN 1 AND 200 AND why NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),                       -- there was no occasion
    new_date TEXT CHECK (new_date = date(new_date) AND new_date BETWEEN '1900-01-01' AND '2100-12-31'),
    instrument TEXT,
    ongoing INTEGER CHECK (ongoing IN (0, 1)),
    referred_to TEXT CHECK (length(referred_to) BETWEEN 1 AND 120 AND referred_to NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    child_at_harm INTEGER CHECK (child_at_harm IN (0, 1)),
    exposed INTEGER CHECK (exposed IN (0, 1)),               -- yes on any question of being exposed
    any_yes INTEGER CHECK (any_yes IN (0, 1)),               -- yes on any question
    version INTEGER NOT NULL DEFAULT 1,
    interpreter_list TEXT NOT NULL AS ('screening_interpreter') VIRTUAL,
    status_list TEXT NOT NULL AS ('screening_status') VIRTUAL,
    CHECK (status = 'answered' OR (exposed IS NULL AND any_yes IS NULL)),
    FOREIGN KEY (interpreter_list, interpreter) REFERENCES code (list, key),
    FOREIGN KEY (status_list, status) REFERENCES code (list, key)
) STRICT;
CREATE INDEX screening_enrolment ON screening (enrolment_id, date);

CREATE TABLE screening_answer (
    screening_id INTEGER NOT NULL REFERENCES screening (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    answer TEXT NOT NULL,
    answer_list TEXT NOT NULL AS ('violence_answer') VIRTUAL,
    PRIMARY KEY (screening_id, item),
    FOREIGN KEY (answer_list, answer) REFERENCES code (list, key)
) STRICT;

CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    date TEXT NOT NULL CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    goal TEXT CHECK (length(goal) BETWEEN 1 AND 4000 AND goal NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    review_date TEXT CHECK (review_date = date(review_date) AND review_date BETWEEN '1900-01-01' AND '2100-12-31'),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX plan_enrolment ON plan (enrolment_id, date);

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    at TEXT NOT NULL CHECK (at = strftime('%Y-%m-%dT%H:%M', at)),
    staff TEXT REFERENCES staff (id),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 10000 AND text NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX note_enrolment ON note (enrolment_id, at);

CREATE TABLE extension (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    date TEXT NOT NULL CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 36),
    livelihood TEXT,
    reason TEXT CHECK (length(reason) BETWEEN 1 AND 200 AND reason NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    livelihood_list TEXT NOT NULL AS ('livelihood') VIRTUAL,
    FOREIGN KEY (livelihood_list, livelihood) REFERENCES code (list, key)
) STRICT;
CREATE INDEX extension_enrolment ON extension (enrolment_id);

------------------------------------------------------------------------------------------------
-- After closure
------------------------------------------------------------------------------------------------

-- A telephone interview N months after closure. Scheduled by the closing itself; open while `outcome` is not final.
CREATE TABLE follow_up (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    months TEXT NOT NULL,
    due_date TEXT NOT NULL CHECK (due_date = date(due_date) AND due_date BETWEEN '1900-01-01' AND '2100-12-31'),
    outcome TEXT,                                  -- of the last attempt
    date TEXT CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),                         -- of the last attempt
    callback_at TEXT CHECK (callback_at = strftime('%Y-%m-%dT%H:%M', callback_at)),         -- when the person asked to be called
    consent INTEGER CHECK (consent IN (0, 1)),
    kept_step TEXT,
    own_livelihood INTEGER CHECK (own_livelihood IN (0, 1)),
    wants_support INTEGER CHECK (wants_support IN (0, 1)),
    usefulness INTEGER CHECK (usefulness BETWEEN 1 AND 5),
    readier INTEGER CHECK (readier IN (0, 1)),
    comment TEXT CHECK (length(comment) BETWEEN 1 AND 2000 AND comment NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    months_list TEXT NOT NULL AS ('follow_up_months') VIRTUAL,
    outcome_list TEXT NOT NULL AS ('call_outcome') VIRTUAL,
    kept_step_list TEXT NOT NULL AS ('kept_step') VIRTUAL,
    UNIQUE (enrolment_id, months),
    CHECK (outcome = 'answered' OR (kept_step IS NULL AND own_livelihood IS NULL AND wants_support IS NULL
        AND usefulness IS NULL AND readier IS NULL)),
    FOREIGN KEY (months_list, months) REFERENCES code (list, key),
    FOREIGN KEY (outcome_list, outcome) REFERENCES code (list, key),
    FOREIGN KEY (kept_step_list, kept_step) REFERENCES code (list, key)
) STRICT;

CREATE TABLE follow_up_further_step (
    follow_up_id INTEGER NOT NULL REFERENCES follow_up (id) ON DELETE CASCADE,
    further_step TEXT NOT NULL,
    further_step_list TEXT NOT NULL AS ('further_step') VIRTUAL,
    PRIMARY KEY (follow_up_id, further_step),
    FOREIGN KEY (further_step_list, further_step) REFERENCES code (list, key)
) STRICT;

-- Every time somebody was phoned.
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    follow_up_id INTEGER NOT NULL REFERENCES follow_up (id),
    at TEXT NOT NULL CHECK (at = strftime('%Y-%m-%dT%H:%M', at)),
    outcome TEXT NOT NULL,
    callback_at TEXT CHECK (callback_at = strftime('%Y-%m-%dT%H:%M', callback_at)),
    staff TEXT REFERENCES staff (id),
    version INTEGER NOT NULL DEFAULT 1,
    outcome_list TEXT NOT NULL AS ('call_outcome') VIRTUAL,
    FOREIGN KEY (outcome_list, outcome) REFERENCES code (list, key)
) STRICT;
CREATE INDEX attempt_follow_up ON attempt (follow_up_id, at);

-- Brief support after closure.
CREATE TABLE aftercare (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    date TEXT NOT NULL CHECK (date = date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    months_after INTEGER CHECK (months_after BETWEEN 0 AND 120),
    purpose TEXT CHECK (length(purpose) BETWEEN 1 AND 200 AND purpose NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    minutes INTEGER CHECK (minutes BETWEEN 0 AND 6000),
    comment TEXT CHECK (length(comment) BETWEEN 1 AND 2000 AND comment NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    result TEXT CHECK (length(result) BETWEEN 1 AND 200 AND result NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX aftercare_enrolment ON aftercare (enrolment_id);

------------------------------------------------------------------------------------------------
-- What lists and reports look up
------------------------------------------------------------------------------------------------

CREATE INDEX participant_search ON participant (search_key, id);
CREATE INDEX participant_name ON participant (last_name, first_name, id);
CREATE INDEX enrolment_participant ON enrolment (participant_id);
CREATE INDEX enrolment_period ON enrolment (programme, start_date, end_date, participant_id);
CREATE INDEX enrolment_end ON enrolment (end_date) WHERE end_date IS NOT NULL;
CREATE INDEX referral_participant ON referral (participant_id);
CREATE INDEX referral_outcome ON referral (outcome, date);
CREATE INDEX advice_date ON advice (programme, date);
CREATE INDEX follow_up_due ON follow_up (due_date, outcome);

------------------------------------------------------------------------------------------------
-- Work in progress, and who did what
------------------------------------------------------------------------------------------------

-- A form somebody has begun and not yet saved: kept from the first answer, gone at the save.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    user TEXT NOT NULL,
    form TEXT NOT NULL,
    owner_id INTEGER NOT NULL DEFAULT 0,           -- the participant, enrolment or referral it is about; 0 none
    record_id INTEGER NOT NULL DEFAULT 0,          -- the record being edited; 0 a new one
    record_version INTEGER,
    answers TEXT NOT NULL,                         -- JSON: field -> what was typed
    field TEXT NOT NULL,                           -- where the hand was
    changed_at TEXT NOT NULL,
    UNIQUE (user, form, owner_id, record_id)
) STRICT;

-- Who changed which row, when. An insert's values are the row itself with later changes taken back, so only
-- updates and deletes carry values. `last_row_id` is set where one entry stands for a run of imported rows.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                              -- UTC, to the second
    user TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    last_row_id TEXT
) STRICT;
CREATE INDEX audit_row ON audit (table_name, row_id);

CREATE TABLE audit_value (
    audit_id INTEGER NOT NULL REFERENCES audit (id),
    column_name TEXT NOT NULL,
    old TEXT,
    new TEXT,
    PRIMARY KEY (audit_id, column_name)
) STRICT, WITHOUT ROWID;

-- Who opened what: a person's card, a violence screening.
CREATE TABLE access (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    kind TEXT NOT NULL,
    participant_id INTEGER,
    detail TEXT
) STRICT;
CREATE INDEX access_participant ON access (participant_id, at);

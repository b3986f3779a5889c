-- The register: everything finsam knows, in one encrypted SQLite file.
--
-- Hand-written and true: a test holds it equal to all migrations applied, and every form field to a column.
-- Conventions
--   * dates are ISO text (2024-03-15), moments ISO text to the minute in local time (2024-03-15T14:30);
--     beside the dates that reports subtract stands a generated day number
--   * a coded column holds a key of `code`; its list is the generated column NAME_list, so that the
--     foreign key can say which list. Labels are Swedish, keys English
--   * a CHECK of a date says IS, not =: of no date at all date() is NULL, and NULL would pass
--   * yes/no is 1/0, and NULL is "not asked" or "not answered": missing is never no
--   * `ref` is the id a record has in files it was imported from; it makes a second import change nothing
--   * `version` counts the changes of a record, so that two people cannot overwrite each other unseen;
--     a table that has it is audited by three triggers (end of this file)
--   * several values of one field stand in a table of their own, NAME_VALUE

------------------------------------------------------------------------------------------------
-- The association and its lists
------------------------------------------------------------------------------------------------

-- A code list's entry. Keys are never changed, labels and order may be; none is deleted.
CREATE TABLE code (
    id INTEGER PRIMARY KEY,
    list TEXT NOT NULL CHECK (length(list) BETWEEN 1 AND 40),
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 60),
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 80 AND label NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    sort INTEGER NOT NULL DEFAULT 0,
    parent TEXT,                                   -- the key it belongs under (a unit's party)
    positive INTEGER NOT NULL DEFAULT 0 CHECK (positive IN (0, 1)), -- a result that counts as a positive step
    level INTEGER CHECK (level BETWEEN 1 AND 99),  -- a step's place on the ladder
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),     -- offered for new entries
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (list, key)
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
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 20 AND id NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),        -- SCB code, or a word for "vistelsekommun"
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60 AND name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    share REAL CHECK (share BETWEEN 0 AND 100 AND share = round(share, 1)), -- of the association's population, per cent
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE programme (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 20 AND id NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 80 AND name NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    type TEXT NOT NULL,                            -- individual or structural
    volume INTEGER NOT NULL DEFAULT 0 CHECK (volume IN (0, 1)), -- counted without persons
    start_date TEXT CHECK (start_date IS date(start_date) AND start_date BETWEEN '1900-01-01' AND '2100-12-31'),
    end_date TEXT CHECK (end_date IS date(end_date) AND end_date BETWEEN '1900-01-01' AND '2100-12-31'),
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
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 20 AND id NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
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
            IS substr(personal_id, 1, 4) || '-' || substr(personal_id, 5, 2) || '-'
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
    birth_date TEXT CHECK (birth_date IS date(birth_date) AND birth_date BETWEEN '1900-01-01' AND '2100-12-31'),
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
    date TEXT NOT NULL CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
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
    date TEXT NOT NULL CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
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
    start_date TEXT NOT NULL CHECK (start_date IS date(start_date) AND start_date BETWEEN '1900-01-01' AND '2100-12-31'),
    start_day INTEGER AS (CAST(julianday(start_date) AS INTEGER)) VIRTUAL,
    education TEXT,
    public_support_time TEXT,
    end_date TEXT CHECK (end_date IS date(end_date) AND end_date BETWEEN '1900-01-01' AND '2100-12-31'),
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
    date TEXT NOT NULL CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
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
CREATE INDEX assessment_occasion ON assessment (occasion, enrolment_id, step, responsible, hours);

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
    date TEXT NOT NULL CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
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
CREATE INDEX ors_enrolment ON ors (enrolment_id, occasion, date, id, total);

-- A violence screening with its safety routine. The derived flags stay even where the item answers are not kept.
CREATE TABLE screening (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    date TEXT NOT NULL CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    alone INTEGER CHECK (alone IN (0, 1)),
    interpreter TEXT,
    informed INTEGER CHECK (informed IN (0, 1)),
    status TEXT NOT NULL,
    why TEXT CHECK (length(why) BETWEEN 1 AND 200 AND why NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),                       -- there was no occasion
    new_date TEXT CHECK (new_date IS date(new_date) AND new_date BETWEEN '1900-01-01' AND '2100-12-31'),
    instrument TEXT,
    ongoing INTEGER CHECK (ongoing IN (0, 1)),
    referred_to TEXT CHECK (length(referred_to) BETWEEN 1 AND 120 AND referred_to NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    child_at_harm INTEGER CHECK (child_at_harm IN (0, 1)),
    exposed INTEGER CHECK (exposed IN (0, 1)),               -- yes on any question of being exposed
    any_yes INTEGER CHECK (any_yes IN (0, 1)),               -- yes on any question
    version INTEGER NOT NULL DEFAULT 1,
    interpreter_list TEXT NOT NULL AS ('screening_interpreter') VIRTUAL,
    status_list TEXT NOT NULL AS ('screening_status') VIRTUAL,
    instrument_list TEXT NOT NULL AS ('screening_instrument') VIRTUAL,
    kinds TEXT CHECK (kinds IS NULL OR (exposed IS 1 AND length(kinds) BETWEEN 1 AND 60)), -- the items of being exposed that were answered with yes: 1|3
    CHECK (status = 'answered' OR (exposed IS NULL AND any_yes IS NULL)),
    FOREIGN KEY (interpreter_list, interpreter) REFERENCES code (list, key),
    FOREIGN KEY (status_list, status) REFERENCES code (list, key),
    FOREIGN KEY (instrument_list, instrument) REFERENCES code (list, key)
) STRICT;
CREATE INDEX screening_enrolment ON screening (enrolment_id, status, new_date, date, exposed, any_yes);

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
    date TEXT NOT NULL CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    goal TEXT CHECK (length(goal) BETWEEN 1 AND 4000 AND goal NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    review_date TEXT CHECK (review_date IS date(review_date) AND review_date BETWEEN '1900-01-01' AND '2100-12-31'),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX plan_enrolment ON plan (enrolment_id, date, id, review_date);

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    at TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M', at)),
    staff TEXT REFERENCES staff (id),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 10000 AND text NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX note_enrolment ON note (enrolment_id, at);

CREATE TABLE extension (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    date TEXT NOT NULL CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 36),
    livelihood TEXT,
    reason TEXT CHECK (length(reason) BETWEEN 1 AND 200 AND reason NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    livelihood_list TEXT NOT NULL AS ('livelihood') VIRTUAL,
    FOREIGN KEY (livelihood_list, livelihood) REFERENCES code (list, key)
) STRICT;
CREATE INDEX extension_enrolment ON extension (enrolment_id, date, months);
CREATE INDEX extension_date ON extension (date, enrolment_id);

------------------------------------------------------------------------------------------------
-- After closure
------------------------------------------------------------------------------------------------

-- A telephone interview N months after closure. Scheduled by the closing itself; open while `outcome` is not final.
CREATE TABLE follow_up (
    id INTEGER PRIMARY KEY,
    ref TEXT UNIQUE,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    months TEXT NOT NULL,
    due_date TEXT NOT NULL CHECK (due_date IS date(due_date) AND due_date BETWEEN '1900-01-01' AND '2100-12-31'),
    outcome TEXT,                                  -- of the last attempt
    date TEXT CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),                         -- of the last attempt
    callback_at TEXT CHECK (callback_at IS strftime('%Y-%m-%dT%H:%M', callback_at)),         -- when the person asked to be called
    consent INTEGER CHECK (consent IN (0, 1)),
    kept_step TEXT,
    own_livelihood INTEGER CHECK (own_livelihood IN (0, 1)),
    wants_support INTEGER CHECK (wants_support IN (0, 1)),
    usefulness INTEGER CHECK (usefulness BETWEEN 1 AND 5),
    readier INTEGER CHECK (readier IN (0, 1)),
    comment TEXT CHECK (length(comment) BETWEEN 1 AND 2000 AND comment NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1,
    months_list TEXT NOT NULL AS ('follow_up_months') VIRTUAL,
    is_open INTEGER AS (coalesce(outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone')) VIRTUAL,
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
    at TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M', at)),
    outcome TEXT NOT NULL,
    callback_at TEXT CHECK (callback_at IS strftime('%Y-%m-%dT%H:%M', callback_at)),
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
    date TEXT NOT NULL CHECK (date IS date(date) AND date BETWEEN '1900-01-01' AND '2100-12-31'),
    months_after INTEGER CHECK (months_after BETWEEN 0 AND 120),
    purpose TEXT CHECK (length(purpose) BETWEEN 1 AND 200 AND purpose NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    minutes INTEGER CHECK (minutes BETWEEN 0 AND 6000),
    comment TEXT CHECK (length(comment) BETWEEN 1 AND 2000 AND comment NOT GLOB '*[' || char(1,45,8,11,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    result TEXT CHECK (length(result) BETWEEN 1 AND 200 AND result NOT GLOB '*[' || char(1,45,31,127,45,159,8206,8207,8234,45,8238,8294,45,8297) || ']*'),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX aftercare_enrolment ON aftercare (enrolment_id, date);
CREATE INDEX aftercare_date ON aftercare (date, enrolment_id);

------------------------------------------------------------------------------------------------
-- What the year's report tells besides the people's own records
------------------------------------------------------------------------------------------------

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

------------------------------------------------------------------------------------------------
-- What lists and reports look up
------------------------------------------------------------------------------------------------

CREATE INDEX participant_search ON participant (search_key, id);
CREATE INDEX participant_anonymous ON participant (id) WHERE registration = 'anonymous';
CREATE INDEX participant_name ON participant (last_name, first_name, id);
CREATE INDEX enrolment_participant ON enrolment (participant_id);
CREATE INDEX enrolment_staff ON enrolment (staff, end_date, participant_id);
-- Who began, who is there and who ended in a period: with all that most reports ask of an enrolment.
CREATE INDEX enrolment_start ON enrolment (start_date, programme, staff, participant_id, referral_id);
CREATE INDEX enrolment_ongoing ON enrolment (start_date, programme, staff, participant_id, referral_id, end_date)
    WHERE end_date IS NULL;
CREATE INDEX enrolment_end ON enrolment (end_date, start_date, programme, staff, participant_id, referral_id)
    WHERE end_date IS NOT NULL;
CREATE INDEX referral_participant ON referral (participant_id);
CREATE INDEX referral_outcome ON referral (outcome, date, participant_id, programme);
CREATE INDEX advice_date ON advice (date, programme, caller, count);
CREATE INDEX follow_up_due
    ON follow_up (due_date, outcome, months, consent, kept_step, own_livelihood, date, enrolment_id);
-- Spelled out, for an index covers no statement that names a generated column.
CREATE INDEX follow_up_open ON follow_up (due_date, outcome, date, callback_at, enrolment_id)
    WHERE coalesce(outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone');
CREATE INDEX follow_up_own ON follow_up (enrolment_id, due_date, outcome, date, callback_at)
    WHERE coalesce(outcome, '') NOT IN ('answered', 'declined', 'no_consent', 'gone');
CREATE INDEX follow_up_callback ON follow_up (callback_at) WHERE outcome = 'call_back';
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

-- Participants as lists show them: who is protected or anonymous cannot be recognised.
CREATE VIEW listed AS
SELECT
    id, registration, protection, interpreter,
    CASE
        WHEN registration = 'anonymous' THEN 'Anonym ' || id
        WHEN protection <> 'none' THEN 'Skyddad identitet'
        WHEN first_name IS NULL AND last_name IS NULL THEN 'Namn saknas'
        ELSE trim(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))
    END AS name,
    CASE
        WHEN registration = 'anonymous' THEN 'Anonym ' || id
        WHEN protection <> 'none' THEN 'Skyddad identitet'
        WHEN first_name IS NULL OR last_name IS NULL
            THEN coalesce(last_name, first_name, 'Namn saknas')
        ELSE last_name || ', ' || first_name
    END AS sorted_name,
    CASE WHEN protection = 'none' THEN birth_date END AS birth_date,
    CASE WHEN protection = 'none' THEN municipality END AS municipality,
    CASE WHEN protection = 'none' THEN phone END AS phone,
    phone IS NOT NULL AS reachable
FROM participant;

------------------------------------------------------------------------------------------------
-- Work in progress, and who did what
------------------------------------------------------------------------------------------------

-- A form somebody has begun and not yet saved: kept from the first answer, gone at the save.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    user TEXT NOT NULL,
    form TEXT NOT NULL,
    owner_id INTEGER NOT NULL DEFAULT 0,           -- the participant, enrolment or referral it is about; 0 none
    record_id ANY NOT NULL DEFAULT 0,              -- the record being edited, by a number or a typed id; 0 a new one
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

-- Who opened what: a person's card, a violence screening, a report. `detail` holds no personal data.
CREATE TABLE access (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    kind TEXT NOT NULL,
    participant_id INTEGER,
    detail TEXT
) STRICT;
CREATE INDEX access_participant ON access (participant_id, at);

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

-- Audit triggers: made by `python -m finsam_tui.storage.audit_triggers`, not by hand.

CREATE TRIGGER audit_code_insert AFTER INSERT ON code BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'code', NEW.id);
END;
CREATE TRIGGER audit_code_update AFTER UPDATE ON code BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'code', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'list', OLD.list, NEW.list WHERE OLD.list IS NOT NEW.list
        UNION ALL SELECT last_insert_rowid(), 'key', OLD.key, NEW.key WHERE OLD.key IS NOT NEW.key
        UNION ALL SELECT last_insert_rowid(), 'label', OLD.label, NEW.label WHERE OLD.label IS NOT NEW.label
        UNION ALL SELECT last_insert_rowid(), 'sort', OLD.sort, NEW.sort WHERE OLD.sort IS NOT NEW.sort
        UNION ALL SELECT last_insert_rowid(), 'parent', OLD.parent, NEW.parent WHERE OLD.parent IS NOT NEW.parent
        UNION ALL SELECT last_insert_rowid(), 'positive', OLD.positive, NEW.positive WHERE OLD.positive IS NOT NEW.positive
        UNION ALL SELECT last_insert_rowid(), 'level', OLD.level, NEW.level WHERE OLD.level IS NOT NEW.level
        UNION ALL SELECT last_insert_rowid(), 'active', OLD.active, NEW.active WHERE OLD.active IS NOT NEW.active;
END;
CREATE TRIGGER audit_code_delete AFTER DELETE ON code BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'code', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'list', OLD.list, NULL WHERE OLD.list IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'key', OLD.key, NULL WHERE OLD.key IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'label', OLD.label, NULL WHERE OLD.label IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'sort', OLD.sort, NULL WHERE OLD.sort IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'parent', OLD.parent, NULL WHERE OLD.parent IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'positive', OLD.positive, NULL WHERE OLD.positive IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'level', OLD.level, NULL WHERE OLD.level IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'active', OLD.active, NULL WHERE OLD.active IS NOT NULL;
END;

CREATE TRIGGER audit_association_insert AFTER INSERT ON association BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'association', NEW.id);
END;
CREATE TRIGGER audit_association_update AFTER UPDATE ON association BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'association', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
        UNION ALL SELECT last_insert_rowid(), 'county', OLD.county, NEW.county WHERE OLD.county IS NOT NEW.county;
END;
CREATE TRIGGER audit_association_delete AFTER DELETE ON association BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'association', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'name', OLD.name, NULL WHERE OLD.name IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'county', OLD.county, NULL WHERE OLD.county IS NOT NULL;
END;

CREATE TRIGGER audit_municipality_insert AFTER INSERT ON municipality BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'municipality', NEW.id);
END;
CREATE TRIGGER audit_municipality_update AFTER UPDATE ON municipality BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'municipality', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
        UNION ALL SELECT last_insert_rowid(), 'share', OLD.share, NEW.share WHERE OLD.share IS NOT NEW.share;
END;
CREATE TRIGGER audit_municipality_delete AFTER DELETE ON municipality BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'municipality', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'name', OLD.name, NULL WHERE OLD.name IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'share', OLD.share, NULL WHERE OLD.share IS NOT NULL;
END;

CREATE TRIGGER audit_programme_insert AFTER INSERT ON programme BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'programme', NEW.id);
END;
CREATE TRIGGER audit_programme_update AFTER UPDATE ON programme BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'programme', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
        UNION ALL SELECT last_insert_rowid(), 'type', OLD.type, NEW.type WHERE OLD.type IS NOT NEW.type
        UNION ALL SELECT last_insert_rowid(), 'volume', OLD.volume, NEW.volume WHERE OLD.volume IS NOT NEW.volume
        UNION ALL SELECT last_insert_rowid(), 'start_date', OLD.start_date, NEW.start_date WHERE OLD.start_date IS NOT NEW.start_date
        UNION ALL SELECT last_insert_rowid(), 'end_date', OLD.end_date, NEW.end_date WHERE OLD.end_date IS NOT NEW.end_date
        UNION ALL SELECT last_insert_rowid(), 'max_months', OLD.max_months, NEW.max_months WHERE OLD.max_months IS NOT NEW.max_months
        UNION ALL SELECT last_insert_rowid(), 'cost_pool', OLD.cost_pool, NEW.cost_pool WHERE OLD.cost_pool IS NOT NEW.cost_pool
        UNION ALL SELECT last_insert_rowid(), 'parties', OLD.parties, NEW.parties WHERE OLD.parties IS NOT NEW.parties
        UNION ALL SELECT last_insert_rowid(), 'purpose', OLD.purpose, NEW.purpose WHERE OLD.purpose IS NOT NEW.purpose
        UNION ALL SELECT last_insert_rowid(), 'target_group', OLD.target_group, NEW.target_group WHERE OLD.target_group IS NOT NEW.target_group
        UNION ALL SELECT last_insert_rowid(), 'goal', OLD.goal, NEW.goal WHERE OLD.goal IS NOT NEW.goal;
END;
CREATE TRIGGER audit_programme_delete AFTER DELETE ON programme BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'programme', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'name', OLD.name, NULL WHERE OLD.name IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'type', OLD.type, NULL WHERE OLD.type IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'volume', OLD.volume, NULL WHERE OLD.volume IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'start_date', OLD.start_date, NULL WHERE OLD.start_date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'end_date', OLD.end_date, NULL WHERE OLD.end_date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'max_months', OLD.max_months, NULL WHERE OLD.max_months IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'cost_pool', OLD.cost_pool, NULL WHERE OLD.cost_pool IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'parties', OLD.parties, NULL WHERE OLD.parties IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'purpose', OLD.purpose, NULL WHERE OLD.purpose IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'target_group', OLD.target_group, NULL WHERE OLD.target_group IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'goal', OLD.goal, NULL WHERE OLD.goal IS NOT NULL;
END;

CREATE TRIGGER audit_programme_follow_up_insert AFTER INSERT ON programme_follow_up BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'programme_follow_up', NEW.programme_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'months', NULL, NEW.months WHERE NEW.months IS NOT NULL;
END;
CREATE TRIGGER audit_programme_follow_up_update AFTER UPDATE ON programme_follow_up BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'programme_follow_up', NEW.programme_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'months', OLD.months, NEW.months WHERE OLD.months IS NOT NEW.months;
END;
CREATE TRIGGER audit_programme_follow_up_delete AFTER DELETE ON programme_follow_up BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'programme_follow_up', OLD.programme_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'months', OLD.months, NULL WHERE OLD.months IS NOT NULL;
END;

CREATE TRIGGER audit_staff_insert AFTER INSERT ON staff BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'staff', NEW.id);
END;
CREATE TRIGGER audit_staff_update AFTER UPDATE ON staff BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'staff', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
        UNION ALL SELECT last_insert_rowid(), 'role', OLD.role, NEW.role WHERE OLD.role IS NOT NEW.role
        UNION ALL SELECT last_insert_rowid(), 'slot', OLD.slot, NEW.slot WHERE OLD.slot IS NOT NEW.slot
        UNION ALL SELECT last_insert_rowid(), 'active', OLD.active, NEW.active WHERE OLD.active IS NOT NEW.active;
END;
CREATE TRIGGER audit_staff_delete AFTER DELETE ON staff BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'staff', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'name', OLD.name, NULL WHERE OLD.name IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'role', OLD.role, NULL WHERE OLD.role IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'slot', OLD.slot, NULL WHERE OLD.slot IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'active', OLD.active, NULL WHERE OLD.active IS NOT NULL;
END;

CREATE TRIGGER audit_participant_insert AFTER INSERT ON participant BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'participant', NEW.id);
END;
CREATE TRIGGER audit_participant_update AFTER UPDATE ON participant BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'participant', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'registration', OLD.registration, NEW.registration WHERE OLD.registration IS NOT NEW.registration
        UNION ALL SELECT last_insert_rowid(), 'personal_id', OLD.personal_id, NEW.personal_id WHERE OLD.personal_id IS NOT NEW.personal_id
        UNION ALL SELECT last_insert_rowid(), 'first_name', OLD.first_name, NEW.first_name WHERE OLD.first_name IS NOT NEW.first_name
        UNION ALL SELECT last_insert_rowid(), 'last_name', OLD.last_name, NEW.last_name WHERE OLD.last_name IS NOT NEW.last_name
        UNION ALL SELECT last_insert_rowid(), 'birth_date', OLD.birth_date, NEW.birth_date WHERE OLD.birth_date IS NOT NEW.birth_date
        UNION ALL SELECT last_insert_rowid(), 'sex', OLD.sex, NEW.sex WHERE OLD.sex IS NOT NEW.sex
        UNION ALL SELECT last_insert_rowid(), 'municipality', OLD.municipality, NEW.municipality WHERE OLD.municipality IS NOT NEW.municipality
        UNION ALL SELECT last_insert_rowid(), 'phone', OLD.phone, NEW.phone WHERE OLD.phone IS NOT NEW.phone
        UNION ALL SELECT last_insert_rowid(), 'interpreter', OLD.interpreter, NEW.interpreter WHERE OLD.interpreter IS NOT NEW.interpreter
        UNION ALL SELECT last_insert_rowid(), 'protection', OLD.protection, NEW.protection WHERE OLD.protection IS NOT NEW.protection;
END;
CREATE TRIGGER audit_participant_delete AFTER DELETE ON participant BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'participant', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'registration', OLD.registration, NULL WHERE OLD.registration IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'personal_id', OLD.personal_id, NULL WHERE OLD.personal_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'first_name', OLD.first_name, NULL WHERE OLD.first_name IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'last_name', OLD.last_name, NULL WHERE OLD.last_name IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'birth_date', OLD.birth_date, NULL WHERE OLD.birth_date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'sex', OLD.sex, NULL WHERE OLD.sex IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'municipality', OLD.municipality, NULL WHERE OLD.municipality IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'phone', OLD.phone, NULL WHERE OLD.phone IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'interpreter', OLD.interpreter, NULL WHERE OLD.interpreter IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'protection', OLD.protection, NULL WHERE OLD.protection IS NOT NULL;
END;

CREATE TRIGGER audit_referral_insert AFTER INSERT ON referral BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'referral', NEW.id);
END;
CREATE TRIGGER audit_referral_update AFTER UPDATE ON referral BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'referral', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'participant_id', OLD.participant_id, NEW.participant_id WHERE OLD.participant_id IS NOT NEW.participant_id
        UNION ALL SELECT last_insert_rowid(), 'programme', OLD.programme, NEW.programme WHERE OLD.programme IS NOT NEW.programme
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'party', OLD.party, NEW.party WHERE OLD.party IS NOT NEW.party
        UNION ALL SELECT last_insert_rowid(), 'unit', OLD.unit, NEW.unit WHERE OLD.unit IS NOT NEW.unit
        UNION ALL SELECT last_insert_rowid(), 'outcome', OLD.outcome, NEW.outcome WHERE OLD.outcome IS NOT NEW.outcome
        UNION ALL SELECT last_insert_rowid(), 'reason', OLD.reason, NEW.reason WHERE OLD.reason IS NOT NEW.reason
        UNION ALL SELECT last_insert_rowid(), 'hours', OLD.hours, NEW.hours WHERE OLD.hours IS NOT NEW.hours
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NEW.comment WHERE OLD.comment IS NOT NEW.comment;
END;
CREATE TRIGGER audit_referral_delete AFTER DELETE ON referral BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'referral', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'participant_id', OLD.participant_id, NULL WHERE OLD.participant_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'programme', OLD.programme, NULL WHERE OLD.programme IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'party', OLD.party, NULL WHERE OLD.party IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'unit', OLD.unit, NULL WHERE OLD.unit IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'outcome', OLD.outcome, NULL WHERE OLD.outcome IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'reason', OLD.reason, NULL WHERE OLD.reason IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'hours', OLD.hours, NULL WHERE OLD.hours IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NULL WHERE OLD.comment IS NOT NULL;
END;

CREATE TRIGGER audit_advice_insert AFTER INSERT ON advice BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'advice', NEW.id);
END;
CREATE TRIGGER audit_advice_update AFTER UPDATE ON advice BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'advice', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'programme', OLD.programme, NEW.programme WHERE OLD.programme IS NOT NEW.programme
        UNION ALL SELECT last_insert_rowid(), 'caller', OLD.caller, NEW.caller WHERE OLD.caller IS NOT NEW.caller
        UNION ALL SELECT last_insert_rowid(), 'referred_to', OLD.referred_to, NEW.referred_to WHERE OLD.referred_to IS NOT NEW.referred_to
        UNION ALL SELECT last_insert_rowid(), 'count', OLD.count, NEW.count WHERE OLD.count IS NOT NEW.count;
END;
CREATE TRIGGER audit_advice_delete AFTER DELETE ON advice BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'advice', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'programme', OLD.programme, NULL WHERE OLD.programme IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'caller', OLD.caller, NULL WHERE OLD.caller IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'referred_to', OLD.referred_to, NULL WHERE OLD.referred_to IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'count', OLD.count, NULL WHERE OLD.count IS NOT NULL;
END;

CREATE TRIGGER audit_enrolment_insert AFTER INSERT ON enrolment BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'enrolment', NEW.id);
END;
CREATE TRIGGER audit_enrolment_update AFTER UPDATE ON enrolment BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'enrolment', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'participant_id', OLD.participant_id, NEW.participant_id WHERE OLD.participant_id IS NOT NEW.participant_id
        UNION ALL SELECT last_insert_rowid(), 'referral_id', OLD.referral_id, NEW.referral_id WHERE OLD.referral_id IS NOT NEW.referral_id
        UNION ALL SELECT last_insert_rowid(), 'programme', OLD.programme, NEW.programme WHERE OLD.programme IS NOT NEW.programme
        UNION ALL SELECT last_insert_rowid(), 'staff', OLD.staff, NEW.staff WHERE OLD.staff IS NOT NEW.staff
        UNION ALL SELECT last_insert_rowid(), 'assignment', OLD.assignment, NEW.assignment WHERE OLD.assignment IS NOT NEW.assignment
        UNION ALL SELECT last_insert_rowid(), 'start_date', OLD.start_date, NEW.start_date WHERE OLD.start_date IS NOT NEW.start_date
        UNION ALL SELECT last_insert_rowid(), 'education', OLD.education, NEW.education WHERE OLD.education IS NOT NEW.education
        UNION ALL SELECT last_insert_rowid(), 'public_support_time', OLD.public_support_time, NEW.public_support_time WHERE OLD.public_support_time IS NOT NEW.public_support_time
        UNION ALL SELECT last_insert_rowid(), 'end_date', OLD.end_date, NEW.end_date WHERE OLD.end_date IS NOT NEW.end_date
        UNION ALL SELECT last_insert_rowid(), 'closure_reason', OLD.closure_reason, NEW.closure_reason WHERE OLD.closure_reason IS NOT NEW.closure_reason
        UNION ALL SELECT last_insert_rowid(), 'ordinary_service', OLD.ordinary_service, NEW.ordinary_service WHERE OLD.ordinary_service IS NOT NEW.ordinary_service
        UNION ALL SELECT last_insert_rowid(), 'enhanced_cooperation', OLD.enhanced_cooperation, NEW.enhanced_cooperation WHERE OLD.enhanced_cooperation IS NOT NEW.enhanced_cooperation;
END;
CREATE TRIGGER audit_enrolment_delete AFTER DELETE ON enrolment BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'enrolment', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'participant_id', OLD.participant_id, NULL WHERE OLD.participant_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'referral_id', OLD.referral_id, NULL WHERE OLD.referral_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'programme', OLD.programme, NULL WHERE OLD.programme IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'staff', OLD.staff, NULL WHERE OLD.staff IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'assignment', OLD.assignment, NULL WHERE OLD.assignment IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'start_date', OLD.start_date, NULL WHERE OLD.start_date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'education', OLD.education, NULL WHERE OLD.education IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'public_support_time', OLD.public_support_time, NULL WHERE OLD.public_support_time IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'end_date', OLD.end_date, NULL WHERE OLD.end_date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'closure_reason', OLD.closure_reason, NULL WHERE OLD.closure_reason IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'ordinary_service', OLD.ordinary_service, NULL WHERE OLD.ordinary_service IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enhanced_cooperation', OLD.enhanced_cooperation, NULL WHERE OLD.enhanced_cooperation IS NOT NULL;
END;

CREATE TRIGGER audit_enrolment_result_insert AFTER INSERT ON enrolment_result BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'enrolment_result', NEW.enrolment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'result', NULL, NEW.result WHERE NEW.result IS NOT NULL;
END;
CREATE TRIGGER audit_enrolment_result_update AFTER UPDATE ON enrolment_result BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'enrolment_result', NEW.enrolment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'result', OLD.result, NEW.result WHERE OLD.result IS NOT NEW.result;
END;
CREATE TRIGGER audit_enrolment_result_delete AFTER DELETE ON enrolment_result BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'enrolment_result', OLD.enrolment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'result', OLD.result, NULL WHERE OLD.result IS NOT NULL;
END;

CREATE TRIGGER audit_enrolment_support_insert AFTER INSERT ON enrolment_support BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'enrolment_support', NEW.enrolment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'support', NULL, NEW.support WHERE NEW.support IS NOT NULL;
END;
CREATE TRIGGER audit_enrolment_support_update AFTER UPDATE ON enrolment_support BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'enrolment_support', NEW.enrolment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'support', OLD.support, NEW.support WHERE OLD.support IS NOT NEW.support;
END;
CREATE TRIGGER audit_enrolment_support_delete AFTER DELETE ON enrolment_support BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'enrolment_support', OLD.enrolment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'support', OLD.support, NULL WHERE OLD.support IS NOT NULL;
END;

CREATE TRIGGER audit_assessment_insert AFTER INSERT ON assessment BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'assessment', NEW.id);
END;
CREATE TRIGGER audit_assessment_update AFTER UPDATE ON assessment BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'assessment', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NEW.enrolment_id WHERE OLD.enrolment_id IS NOT NEW.enrolment_id
        UNION ALL SELECT last_insert_rowid(), 'occasion', OLD.occasion, NEW.occasion WHERE OLD.occasion IS NOT NEW.occasion
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'step', OLD.step, NEW.step WHERE OLD.step IS NOT NEW.step
        UNION ALL SELECT last_insert_rowid(), 'responsible', OLD.responsible, NEW.responsible WHERE OLD.responsible IS NOT NEW.responsible
        UNION ALL SELECT last_insert_rowid(), 'hours', OLD.hours, NEW.hours WHERE OLD.hours IS NOT NEW.hours;
END;
CREATE TRIGGER audit_assessment_delete AFTER DELETE ON assessment BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'assessment', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NULL WHERE OLD.enrolment_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'occasion', OLD.occasion, NULL WHERE OLD.occasion IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'step', OLD.step, NULL WHERE OLD.step IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'responsible', OLD.responsible, NULL WHERE OLD.responsible IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'hours', OLD.hours, NULL WHERE OLD.hours IS NOT NULL;
END;

CREATE TRIGGER audit_assessment_livelihood_insert AFTER INSERT ON assessment_livelihood BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'assessment_livelihood', NEW.assessment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'livelihood', NULL, NEW.livelihood WHERE NEW.livelihood IS NOT NULL;
END;
CREATE TRIGGER audit_assessment_livelihood_update AFTER UPDATE ON assessment_livelihood BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'assessment_livelihood', NEW.assessment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'livelihood', OLD.livelihood, NEW.livelihood WHERE OLD.livelihood IS NOT NEW.livelihood;
END;
CREATE TRIGGER audit_assessment_livelihood_delete AFTER DELETE ON assessment_livelihood BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'assessment_livelihood', OLD.assessment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'livelihood', OLD.livelihood, NULL WHERE OLD.livelihood IS NOT NULL;
END;

CREATE TRIGGER audit_assessment_occupation_insert AFTER INSERT ON assessment_occupation BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'assessment_occupation', NEW.assessment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'occupation', NULL, NEW.occupation WHERE NEW.occupation IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'extent', NULL, NEW.extent WHERE NEW.extent IS NOT NULL;
END;
CREATE TRIGGER audit_assessment_occupation_update AFTER UPDATE ON assessment_occupation BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'assessment_occupation', NEW.assessment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'occupation', OLD.occupation, NEW.occupation WHERE OLD.occupation IS NOT NEW.occupation
        UNION ALL SELECT last_insert_rowid(), 'extent', OLD.extent, NEW.extent WHERE OLD.extent IS NOT NEW.extent;
END;
CREATE TRIGGER audit_assessment_occupation_delete AFTER DELETE ON assessment_occupation BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'assessment_occupation', OLD.assessment_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'occupation', OLD.occupation, NULL WHERE OLD.occupation IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'extent', OLD.extent, NULL WHERE OLD.extent IS NOT NULL;
END;

CREATE TRIGGER audit_ors_insert AFTER INSERT ON ors BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'ors', NEW.id);
END;
CREATE TRIGGER audit_ors_update AFTER UPDATE ON ors BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'ors', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NEW.enrolment_id WHERE OLD.enrolment_id IS NOT NEW.enrolment_id
        UNION ALL SELECT last_insert_rowid(), 'occasion', OLD.occasion, NEW.occasion WHERE OLD.occasion IS NOT NEW.occasion
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'individually', OLD.individually, NEW.individually WHERE OLD.individually IS NOT NEW.individually
        UNION ALL SELECT last_insert_rowid(), 'close', OLD.close, NEW.close WHERE OLD.close IS NOT NEW.close
        UNION ALL SELECT last_insert_rowid(), 'socially', OLD.socially, NEW.socially WHERE OLD.socially IS NOT NEW.socially
        UNION ALL SELECT last_insert_rowid(), 'overall', OLD.overall, NEW.overall WHERE OLD.overall IS NOT NEW.overall
        UNION ALL SELECT last_insert_rowid(), 'total', OLD.total, NEW.total WHERE OLD.total IS NOT NEW.total
        UNION ALL SELECT last_insert_rowid(), 'not_taken', OLD.not_taken, NEW.not_taken WHERE OLD.not_taken IS NOT NEW.not_taken;
END;
CREATE TRIGGER audit_ors_delete AFTER DELETE ON ors BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'ors', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NULL WHERE OLD.enrolment_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'occasion', OLD.occasion, NULL WHERE OLD.occasion IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'individually', OLD.individually, NULL WHERE OLD.individually IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'close', OLD.close, NULL WHERE OLD.close IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'socially', OLD.socially, NULL WHERE OLD.socially IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'overall', OLD.overall, NULL WHERE OLD.overall IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'total', OLD.total, NULL WHERE OLD.total IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'not_taken', OLD.not_taken, NULL WHERE OLD.not_taken IS NOT NULL;
END;

CREATE TRIGGER audit_screening_insert AFTER INSERT ON screening BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'screening', NEW.id);
END;
CREATE TRIGGER audit_screening_update AFTER UPDATE ON screening BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'screening', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NEW.enrolment_id WHERE OLD.enrolment_id IS NOT NEW.enrolment_id
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'alone', OLD.alone, NEW.alone WHERE OLD.alone IS NOT NEW.alone
        UNION ALL SELECT last_insert_rowid(), 'interpreter', OLD.interpreter, NEW.interpreter WHERE OLD.interpreter IS NOT NEW.interpreter
        UNION ALL SELECT last_insert_rowid(), 'informed', OLD.informed, NEW.informed WHERE OLD.informed IS NOT NEW.informed
        UNION ALL SELECT last_insert_rowid(), 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
        UNION ALL SELECT last_insert_rowid(), 'why', OLD.why, NEW.why WHERE OLD.why IS NOT NEW.why
        UNION ALL SELECT last_insert_rowid(), 'new_date', OLD.new_date, NEW.new_date WHERE OLD.new_date IS NOT NEW.new_date
        UNION ALL SELECT last_insert_rowid(), 'instrument', OLD.instrument, NEW.instrument WHERE OLD.instrument IS NOT NEW.instrument
        UNION ALL SELECT last_insert_rowid(), 'ongoing', OLD.ongoing, NEW.ongoing WHERE OLD.ongoing IS NOT NEW.ongoing
        UNION ALL SELECT last_insert_rowid(), 'referred_to', OLD.referred_to, NEW.referred_to WHERE OLD.referred_to IS NOT NEW.referred_to
        UNION ALL SELECT last_insert_rowid(), 'child_at_harm', OLD.child_at_harm, NEW.child_at_harm WHERE OLD.child_at_harm IS NOT NEW.child_at_harm
        UNION ALL SELECT last_insert_rowid(), 'exposed', OLD.exposed, NEW.exposed WHERE OLD.exposed IS NOT NEW.exposed
        UNION ALL SELECT last_insert_rowid(), 'any_yes', OLD.any_yes, NEW.any_yes WHERE OLD.any_yes IS NOT NEW.any_yes
        UNION ALL SELECT last_insert_rowid(), 'kinds', OLD.kinds, NEW.kinds WHERE OLD.kinds IS NOT NEW.kinds;
END;
CREATE TRIGGER audit_screening_delete AFTER DELETE ON screening BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'screening', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NULL WHERE OLD.enrolment_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'alone', OLD.alone, NULL WHERE OLD.alone IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'interpreter', OLD.interpreter, NULL WHERE OLD.interpreter IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'informed', OLD.informed, NULL WHERE OLD.informed IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'status', OLD.status, NULL WHERE OLD.status IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'why', OLD.why, NULL WHERE OLD.why IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'new_date', OLD.new_date, NULL WHERE OLD.new_date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'instrument', OLD.instrument, NULL WHERE OLD.instrument IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'ongoing', OLD.ongoing, NULL WHERE OLD.ongoing IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'referred_to', OLD.referred_to, NULL WHERE OLD.referred_to IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'child_at_harm', OLD.child_at_harm, NULL WHERE OLD.child_at_harm IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'exposed', OLD.exposed, NULL WHERE OLD.exposed IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'any_yes', OLD.any_yes, NULL WHERE OLD.any_yes IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'kinds', OLD.kinds, NULL WHERE OLD.kinds IS NOT NULL;
END;

CREATE TRIGGER audit_screening_answer_insert AFTER INSERT ON screening_answer BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'screening_answer', NEW.screening_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'item', NULL, NEW.item WHERE NEW.item IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'answer', NULL, NEW.answer WHERE NEW.answer IS NOT NULL;
END;
CREATE TRIGGER audit_screening_answer_update AFTER UPDATE ON screening_answer BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'screening_answer', NEW.screening_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'item', OLD.item, NEW.item WHERE OLD.item IS NOT NEW.item
        UNION ALL SELECT last_insert_rowid(), 'answer', OLD.answer, NEW.answer WHERE OLD.answer IS NOT NEW.answer;
END;
CREATE TRIGGER audit_screening_answer_delete AFTER DELETE ON screening_answer BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'screening_answer', OLD.screening_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'item', OLD.item, NULL WHERE OLD.item IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'answer', OLD.answer, NULL WHERE OLD.answer IS NOT NULL;
END;

CREATE TRIGGER audit_plan_insert AFTER INSERT ON plan BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'plan', NEW.id);
END;
CREATE TRIGGER audit_plan_update AFTER UPDATE ON plan BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'plan', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NEW.enrolment_id WHERE OLD.enrolment_id IS NOT NEW.enrolment_id
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'goal', OLD.goal, NEW.goal WHERE OLD.goal IS NOT NEW.goal
        UNION ALL SELECT last_insert_rowid(), 'review_date', OLD.review_date, NEW.review_date WHERE OLD.review_date IS NOT NEW.review_date;
END;
CREATE TRIGGER audit_plan_delete AFTER DELETE ON plan BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'plan', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NULL WHERE OLD.enrolment_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'goal', OLD.goal, NULL WHERE OLD.goal IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'review_date', OLD.review_date, NULL WHERE OLD.review_date IS NOT NULL;
END;

CREATE TRIGGER audit_note_insert AFTER INSERT ON note BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'note', NEW.id);
END;
CREATE TRIGGER audit_note_update AFTER UPDATE ON note BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'note', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NEW.enrolment_id WHERE OLD.enrolment_id IS NOT NEW.enrolment_id
        UNION ALL SELECT last_insert_rowid(), 'at', OLD.at, NEW.at WHERE OLD.at IS NOT NEW.at
        UNION ALL SELECT last_insert_rowid(), 'staff', OLD.staff, NEW.staff WHERE OLD.staff IS NOT NEW.staff
        UNION ALL SELECT last_insert_rowid(), 'text', OLD.text, NEW.text WHERE OLD.text IS NOT NEW.text;
END;
CREATE TRIGGER audit_note_delete AFTER DELETE ON note BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'note', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NULL WHERE OLD.enrolment_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'at', OLD.at, NULL WHERE OLD.at IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'staff', OLD.staff, NULL WHERE OLD.staff IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'text', OLD.text, NULL WHERE OLD.text IS NOT NULL;
END;

CREATE TRIGGER audit_extension_insert AFTER INSERT ON extension BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'extension', NEW.id);
END;
CREATE TRIGGER audit_extension_update AFTER UPDATE ON extension BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'extension', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NEW.enrolment_id WHERE OLD.enrolment_id IS NOT NEW.enrolment_id
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'months', OLD.months, NEW.months WHERE OLD.months IS NOT NEW.months
        UNION ALL SELECT last_insert_rowid(), 'livelihood', OLD.livelihood, NEW.livelihood WHERE OLD.livelihood IS NOT NEW.livelihood
        UNION ALL SELECT last_insert_rowid(), 'reason', OLD.reason, NEW.reason WHERE OLD.reason IS NOT NEW.reason;
END;
CREATE TRIGGER audit_extension_delete AFTER DELETE ON extension BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'extension', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NULL WHERE OLD.enrolment_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'months', OLD.months, NULL WHERE OLD.months IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'livelihood', OLD.livelihood, NULL WHERE OLD.livelihood IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'reason', OLD.reason, NULL WHERE OLD.reason IS NOT NULL;
END;

CREATE TRIGGER audit_follow_up_insert AFTER INSERT ON follow_up BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'follow_up', NEW.id);
END;
CREATE TRIGGER audit_follow_up_update AFTER UPDATE ON follow_up BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'follow_up', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NEW.enrolment_id WHERE OLD.enrolment_id IS NOT NEW.enrolment_id
        UNION ALL SELECT last_insert_rowid(), 'months', OLD.months, NEW.months WHERE OLD.months IS NOT NEW.months
        UNION ALL SELECT last_insert_rowid(), 'due_date', OLD.due_date, NEW.due_date WHERE OLD.due_date IS NOT NEW.due_date
        UNION ALL SELECT last_insert_rowid(), 'outcome', OLD.outcome, NEW.outcome WHERE OLD.outcome IS NOT NEW.outcome
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'callback_at', OLD.callback_at, NEW.callback_at WHERE OLD.callback_at IS NOT NEW.callback_at
        UNION ALL SELECT last_insert_rowid(), 'consent', OLD.consent, NEW.consent WHERE OLD.consent IS NOT NEW.consent
        UNION ALL SELECT last_insert_rowid(), 'kept_step', OLD.kept_step, NEW.kept_step WHERE OLD.kept_step IS NOT NEW.kept_step
        UNION ALL SELECT last_insert_rowid(), 'own_livelihood', OLD.own_livelihood, NEW.own_livelihood WHERE OLD.own_livelihood IS NOT NEW.own_livelihood
        UNION ALL SELECT last_insert_rowid(), 'wants_support', OLD.wants_support, NEW.wants_support WHERE OLD.wants_support IS NOT NEW.wants_support
        UNION ALL SELECT last_insert_rowid(), 'usefulness', OLD.usefulness, NEW.usefulness WHERE OLD.usefulness IS NOT NEW.usefulness
        UNION ALL SELECT last_insert_rowid(), 'readier', OLD.readier, NEW.readier WHERE OLD.readier IS NOT NEW.readier
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NEW.comment WHERE OLD.comment IS NOT NEW.comment;
END;
CREATE TRIGGER audit_follow_up_delete AFTER DELETE ON follow_up BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'follow_up', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NULL WHERE OLD.enrolment_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'months', OLD.months, NULL WHERE OLD.months IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'due_date', OLD.due_date, NULL WHERE OLD.due_date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'outcome', OLD.outcome, NULL WHERE OLD.outcome IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'callback_at', OLD.callback_at, NULL WHERE OLD.callback_at IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'consent', OLD.consent, NULL WHERE OLD.consent IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'kept_step', OLD.kept_step, NULL WHERE OLD.kept_step IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'own_livelihood', OLD.own_livelihood, NULL WHERE OLD.own_livelihood IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'wants_support', OLD.wants_support, NULL WHERE OLD.wants_support IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'usefulness', OLD.usefulness, NULL WHERE OLD.usefulness IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'readier', OLD.readier, NULL WHERE OLD.readier IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NULL WHERE OLD.comment IS NOT NULL;
END;

CREATE TRIGGER audit_follow_up_further_step_insert AFTER INSERT ON follow_up_further_step BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'follow_up_further_step', NEW.follow_up_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'further_step', NULL, NEW.further_step WHERE NEW.further_step IS NOT NULL;
END;
CREATE TRIGGER audit_follow_up_further_step_update AFTER UPDATE ON follow_up_further_step BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'follow_up_further_step', NEW.follow_up_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'further_step', OLD.further_step, NEW.further_step WHERE OLD.further_step IS NOT NEW.further_step;
END;
CREATE TRIGGER audit_follow_up_further_step_delete AFTER DELETE ON follow_up_further_step BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'follow_up_further_step', OLD.follow_up_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'further_step', OLD.further_step, NULL WHERE OLD.further_step IS NOT NULL;
END;

CREATE TRIGGER audit_attempt_insert AFTER INSERT ON attempt BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'attempt', NEW.id);
END;
CREATE TRIGGER audit_attempt_update AFTER UPDATE ON attempt BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'attempt', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'follow_up_id', OLD.follow_up_id, NEW.follow_up_id WHERE OLD.follow_up_id IS NOT NEW.follow_up_id
        UNION ALL SELECT last_insert_rowid(), 'at', OLD.at, NEW.at WHERE OLD.at IS NOT NEW.at
        UNION ALL SELECT last_insert_rowid(), 'outcome', OLD.outcome, NEW.outcome WHERE OLD.outcome IS NOT NEW.outcome
        UNION ALL SELECT last_insert_rowid(), 'callback_at', OLD.callback_at, NEW.callback_at WHERE OLD.callback_at IS NOT NEW.callback_at
        UNION ALL SELECT last_insert_rowid(), 'staff', OLD.staff, NEW.staff WHERE OLD.staff IS NOT NEW.staff;
END;
CREATE TRIGGER audit_attempt_delete AFTER DELETE ON attempt BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'attempt', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'follow_up_id', OLD.follow_up_id, NULL WHERE OLD.follow_up_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'at', OLD.at, NULL WHERE OLD.at IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'outcome', OLD.outcome, NULL WHERE OLD.outcome IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'callback_at', OLD.callback_at, NULL WHERE OLD.callback_at IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'staff', OLD.staff, NULL WHERE OLD.staff IS NOT NULL;
END;

CREATE TRIGGER audit_aftercare_insert AFTER INSERT ON aftercare BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'aftercare', NEW.id);
END;
CREATE TRIGGER audit_aftercare_update AFTER UPDATE ON aftercare BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'aftercare', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NEW.ref WHERE OLD.ref IS NOT NEW.ref
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NEW.enrolment_id WHERE OLD.enrolment_id IS NOT NEW.enrolment_id
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'months_after', OLD.months_after, NEW.months_after WHERE OLD.months_after IS NOT NEW.months_after
        UNION ALL SELECT last_insert_rowid(), 'purpose', OLD.purpose, NEW.purpose WHERE OLD.purpose IS NOT NEW.purpose
        UNION ALL SELECT last_insert_rowid(), 'minutes', OLD.minutes, NEW.minutes WHERE OLD.minutes IS NOT NEW.minutes
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NEW.comment WHERE OLD.comment IS NOT NEW.comment
        UNION ALL SELECT last_insert_rowid(), 'result', OLD.result, NEW.result WHERE OLD.result IS NOT NEW.result;
END;
CREATE TRIGGER audit_aftercare_delete AFTER DELETE ON aftercare BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'aftercare', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'ref', OLD.ref, NULL WHERE OLD.ref IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'enrolment_id', OLD.enrolment_id, NULL WHERE OLD.enrolment_id IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'months_after', OLD.months_after, NULL WHERE OLD.months_after IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'purpose', OLD.purpose, NULL WHERE OLD.purpose IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'minutes', OLD.minutes, NULL WHERE OLD.minutes IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NULL WHERE OLD.comment IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'result', OLD.result, NULL WHERE OLD.result IS NOT NULL;
END;

CREATE TRIGGER audit_programme_year_insert AFTER INSERT ON programme_year BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'programme_year', NEW.id);
END;
CREATE TRIGGER audit_programme_year_update AFTER UPDATE ON programme_year BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'programme_year', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NEW.programme WHERE OLD.programme IS NOT NEW.programme
        UNION ALL SELECT last_insert_rowid(), 'year', OLD.year, NEW.year WHERE OLD.year IS NOT NEW.year
        UNION ALL SELECT last_insert_rowid(), 'budget_participants', OLD.budget_participants, NEW.budget_participants WHERE OLD.budget_participants IS NOT NEW.budget_participants
        UNION ALL SELECT last_insert_rowid(), 'actual_participants', OLD.actual_participants, NEW.actual_participants WHERE OLD.actual_participants IS NOT NEW.actual_participants
        UNION ALL SELECT last_insert_rowid(), 'budget_amount', OLD.budget_amount, NEW.budget_amount WHERE OLD.budget_amount IS NOT NEW.budget_amount
        UNION ALL SELECT last_insert_rowid(), 'actual_amount', OLD.actual_amount, NEW.actual_amount WHERE OLD.actual_amount IS NOT NEW.actual_amount
        UNION ALL SELECT last_insert_rowid(), 'result', OLD.result, NEW.result WHERE OLD.result IS NOT NEW.result
        UNION ALL SELECT last_insert_rowid(), 'fulfilment', OLD.fulfilment, NEW.fulfilment WHERE OLD.fulfilment IS NOT NEW.fulfilment
        UNION ALL SELECT last_insert_rowid(), 'deviations', OLD.deviations, NEW.deviations WHERE OLD.deviations IS NOT NEW.deviations;
END;
CREATE TRIGGER audit_programme_year_delete AFTER DELETE ON programme_year BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'programme_year', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NULL WHERE OLD.programme IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'year', OLD.year, NULL WHERE OLD.year IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'budget_participants', OLD.budget_participants, NULL WHERE OLD.budget_participants IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'actual_participants', OLD.actual_participants, NULL WHERE OLD.actual_participants IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'budget_amount', OLD.budget_amount, NULL WHERE OLD.budget_amount IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'actual_amount', OLD.actual_amount, NULL WHERE OLD.actual_amount IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'result', OLD.result, NULL WHERE OLD.result IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'fulfilment', OLD.fulfilment, NULL WHERE OLD.fulfilment IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'deviations', OLD.deviations, NULL WHERE OLD.deviations IS NOT NULL;
END;

CREATE TRIGGER audit_goal_insert AFTER INSERT ON goal BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'goal', NEW.id);
END;
CREATE TRIGGER audit_goal_update AFTER UPDATE ON goal BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'goal', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NEW.programme WHERE OLD.programme IS NOT NEW.programme
        UNION ALL SELECT last_insert_rowid(), 'year', OLD.year, NEW.year WHERE OLD.year IS NOT NEW.year
        UNION ALL SELECT last_insert_rowid(), 'measure', OLD.measure, NEW.measure WHERE OLD.measure IS NOT NEW.measure
        UNION ALL SELECT last_insert_rowid(), 'direction', OLD.direction, NEW.direction WHERE OLD.direction IS NOT NEW.direction
        UNION ALL SELECT last_insert_rowid(), 'target', OLD.target, NEW.target WHERE OLD.target IS NOT NEW.target
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NEW.comment WHERE OLD.comment IS NOT NEW.comment;
END;
CREATE TRIGGER audit_goal_delete AFTER DELETE ON goal BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'goal', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NULL WHERE OLD.programme IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'year', OLD.year, NULL WHERE OLD.year IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'measure', OLD.measure, NULL WHERE OLD.measure IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'direction', OLD.direction, NULL WHERE OLD.direction IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'target', OLD.target, NULL WHERE OLD.target IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NULL WHERE OLD.comment IS NOT NULL;
END;

CREATE TRIGGER audit_structural_event_insert AFTER INSERT ON structural_event BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'structural_event', NEW.id);
END;
CREATE TRIGGER audit_structural_event_update AFTER UPDATE ON structural_event BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'structural_event', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NEW.programme WHERE OLD.programme IS NOT NEW.programme
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NEW.date WHERE OLD.date IS NOT NEW.date
        UNION ALL SELECT last_insert_rowid(), 'attendees', OLD.attendees, NEW.attendees WHERE OLD.attendees IS NOT NEW.attendees
        UNION ALL SELECT last_insert_rowid(), 'lecturers', OLD.lecturers, NEW.lecturers WHERE OLD.lecturers IS NOT NEW.lecturers
        UNION ALL SELECT last_insert_rowid(), 'exhibitors', OLD.exhibitors, NEW.exhibitors WHERE OLD.exhibitors IS NOT NEW.exhibitors
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NEW.comment WHERE OLD.comment IS NOT NEW.comment;
END;
CREATE TRIGGER audit_structural_event_delete AFTER DELETE ON structural_event BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'structural_event', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NULL WHERE OLD.programme IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'date', OLD.date, NULL WHERE OLD.date IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'attendees', OLD.attendees, NULL WHERE OLD.attendees IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'lecturers', OLD.lecturers, NULL WHERE OLD.lecturers IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'exhibitors', OLD.exhibitors, NULL WHERE OLD.exhibitors IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'comment', OLD.comment, NULL WHERE OLD.comment IS NOT NULL;
END;

CREATE TRIGGER audit_questionnaire_insert AFTER INSERT ON questionnaire BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'questionnaire', NEW.id);
END;
CREATE TRIGGER audit_questionnaire_update AFTER UPDATE ON questionnaire BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'questionnaire', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NEW.programme WHERE OLD.programme IS NOT NEW.programme
        UNION ALL SELECT last_insert_rowid(), 'occasion', OLD.occasion, NEW.occasion WHERE OLD.occasion IS NOT NEW.occasion
        UNION ALL SELECT last_insert_rowid(), 'year', OLD.year, NEW.year WHERE OLD.year IS NOT NEW.year
        UNION ALL SELECT last_insert_rowid(), 'sex', OLD.sex, NEW.sex WHERE OLD.sex IS NOT NEW.sex;
END;
CREATE TRIGGER audit_questionnaire_delete AFTER DELETE ON questionnaire BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'questionnaire', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NULL WHERE OLD.programme IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'occasion', OLD.occasion, NULL WHERE OLD.occasion IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'year', OLD.year, NULL WHERE OLD.year IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'sex', OLD.sex, NULL WHERE OLD.sex IS NOT NULL;
END;

CREATE TRIGGER audit_questionnaire_answer_insert AFTER INSERT ON questionnaire_answer BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'questionnaire_answer', NEW.questionnaire_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'item', NULL, NEW.item WHERE NEW.item IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'answer', NULL, NEW.answer WHERE NEW.answer IS NOT NULL;
END;
CREATE TRIGGER audit_questionnaire_answer_update AFTER UPDATE ON questionnaire_answer BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'questionnaire_answer', NEW.questionnaire_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'item', OLD.item, NEW.item WHERE OLD.item IS NOT NEW.item
        UNION ALL SELECT last_insert_rowid(), 'answer', OLD.answer, NEW.answer WHERE OLD.answer IS NOT NEW.answer;
END;
CREATE TRIGGER audit_questionnaire_answer_delete AFTER DELETE ON questionnaire_answer BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'questionnaire_answer', OLD.questionnaire_id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'item', OLD.item, NULL WHERE OLD.item IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'answer', OLD.answer, NULL WHERE OLD.answer IS NOT NULL;
END;

CREATE TRIGGER audit_comparison_insert AFTER INSERT ON comparison BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'comparison', NEW.id);
END;
CREATE TRIGGER audit_comparison_update AFTER UPDATE ON comparison BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'comparison', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'year', OLD.year, NEW.year WHERE OLD.year IS NOT NEW.year
        UNION ALL SELECT last_insert_rowid(), 'level', OLD.level, NEW.level WHERE OLD.level IS NOT NEW.level
        UNION ALL SELECT last_insert_rowid(), 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
        UNION ALL SELECT last_insert_rowid(), 'programmes', OLD.programmes, NEW.programmes WHERE OLD.programmes IS NOT NEW.programmes
        UNION ALL SELECT last_insert_rowid(), 'budget_participants', OLD.budget_participants, NEW.budget_participants WHERE OLD.budget_participants IS NOT NEW.budget_participants
        UNION ALL SELECT last_insert_rowid(), 'participants', OLD.participants, NEW.participants WHERE OLD.participants IS NOT NEW.participants
        UNION ALL SELECT last_insert_rowid(), 'started', OLD.started, NEW.started WHERE OLD.started IS NOT NEW.started
        UNION ALL SELECT last_insert_rowid(), 'closed', OLD.closed, NEW.closed WHERE OLD.closed IS NOT NEW.closed
        UNION ALL SELECT last_insert_rowid(), 'anonymous', OLD.anonymous, NEW.anonymous WHERE OLD.anonymous IS NOT NEW.anonymous
        UNION ALL SELECT last_insert_rowid(), 'budget_volume', OLD.budget_volume, NEW.budget_volume WHERE OLD.budget_volume IS NOT NEW.budget_volume
        UNION ALL SELECT last_insert_rowid(), 'volume', OLD.volume, NEW.volume WHERE OLD.volume IS NOT NEW.volume;
END;
CREATE TRIGGER audit_comparison_delete AFTER DELETE ON comparison BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'comparison', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'year', OLD.year, NULL WHERE OLD.year IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'level', OLD.level, NULL WHERE OLD.level IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'name', OLD.name, NULL WHERE OLD.name IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'programmes', OLD.programmes, NULL WHERE OLD.programmes IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'budget_participants', OLD.budget_participants, NULL WHERE OLD.budget_participants IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'participants', OLD.participants, NULL WHERE OLD.participants IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'started', OLD.started, NULL WHERE OLD.started IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'closed', OLD.closed, NULL WHERE OLD.closed IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'anonymous', OLD.anonymous, NULL WHERE OLD.anonymous IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'budget_volume', OLD.budget_volume, NULL WHERE OLD.budget_volume IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'volume', OLD.volume, NULL WHERE OLD.volume IS NOT NULL;
END;

CREATE TRIGGER audit_report_text_insert AFTER INSERT ON report_text BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'insert', 'report_text', NEW.id);
END;
CREATE TRIGGER audit_report_text_update AFTER UPDATE ON report_text BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'update', 'report_text', NEW.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NEW.programme WHERE OLD.programme IS NOT NEW.programme
        UNION ALL SELECT last_insert_rowid(), 'year', OLD.year, NEW.year WHERE OLD.year IS NOT NEW.year
        UNION ALL SELECT last_insert_rowid(), 'part', OLD.part, NEW.part WHERE OLD.part IS NOT NEW.part
        UNION ALL SELECT last_insert_rowid(), 'text', OLD.text, NEW.text WHERE OLD.text IS NOT NEW.text;
END;
CREATE TRIGGER audit_report_text_delete AFTER DELETE ON report_text BEGIN
    INSERT INTO audit (at, user, action, table_name, row_id)
        VALUES (finsam_now(), finsam_user(), 'delete', 'report_text', OLD.id);
    INSERT INTO audit_value SELECT last_insert_rowid(), 'programme', OLD.programme, NULL WHERE OLD.programme IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'year', OLD.year, NULL WHERE OLD.year IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'part', OLD.part, NULL WHERE OLD.part IS NOT NULL
        UNION ALL SELECT last_insert_rowid(), 'text', OLD.text, NULL WHERE OLD.text IS NOT NULL;
END;

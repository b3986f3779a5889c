"""What is past its time is erased: from every table, the audit, the drafts and the file itself."""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from finsam_tui.domain import retention
from finsam_tui.errors import CopyError
from finsam_tui.storage import access_log, audit, drafts, driver, erasure, migrations
from finsam_tui.storage.drafts import Draft
from finsam_tui.storage.holdings import Holdings
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Target
from tests.storage.conftest import RAW_KEY
from tests.storage.rows import Rows
from tests.storage.test_migrations import older

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2024, 3, 15)
WORDS = (
    "Ordförnamn",
    "Ordefternamn",
    "Ordnytt",
    "Ordanteckning",
    "Ordändrad",
    "Ordmål",
    "Ordutkast",
)


@pytest.fixture
def rows(register: Register) -> Rows:
    rows = Rows(register)
    rows.association()
    return rows


def due(rows: Rows, kind: str, today: date = TODAY) -> list[int]:
    return [id for d in erasure.due(rows.register, today) if d.rule.kind == kind for id in d.ids]


def former(rows: Rows, end: str, **more: str) -> int:
    """Put in somebody whose only enrolment ended on a day; return the participant."""
    person = rows.person(**more)
    rows.enrolment(person, "2015-01-10", end_date=end)
    return person


def code(rows: Rows, name: str) -> str:
    return rows.register.codes.options(name)[0].key


def everything(rows: Rows) -> int:
    """Put in somebody long gone with a row in every table that is about participants."""
    person = former(rows, "2016-01-10", first="Ordförnamn", last="Ordefternamn")
    about: dict[str, Any] = {"enrolment_id": rows.register.conn.execute(
        "SELECT max(id) FROM enrolment").fetchall()[0][0]}  # fmt: skip
    rows.add(
        *("referral",), participant_id=person, programme="SAM", date="2015-01-01",
        party="self", outcome="start", comment="Ordaktualisering",
    )  # fmt: skip
    assessment = rows.add(
        "assessment", **about, occasion="start", date="2015-01-10", step=code(rows, "step")
    )
    rows.add("assessment_livelihood", assessment_id=assessment, livelihood=code(rows, "livelihood"))
    rows.add(
        "assessment_occupation",
        assessment_id=assessment,
        occupation=code(rows, "occupation"),
        extent=50,
    )
    rows.add("enrolment_result", **about, result=code(rows, "result"))
    rows.add("enrolment_support", **about, support=code(rows, "support"))
    rows.add("ors", **about, occasion="start", date="2015-01-10", total=20.0)
    screening = rows.add("screening", **about, date="2015-01-10", status="answered", any_yes=1)
    rows.add("screening_answer", screening_id=screening, item="a", answer="yes")
    rows.add("plan", **about, date="2015-01-10", goal="Ordmål")
    note = rows.add("note", **about, at="2015-02-01T10:00", text="Ordanteckning")
    rows.change("note", note, text="Ordändrad", version=2)
    rows.change("participant", person, last_name="Ordnytt", version=2)
    rows.add("extension", **about, date="2015-06-01", months=3)
    call = rows.add("follow_up", **about, months="6", due_date="2016-07-10", outcome="answered")
    rows.add("follow_up_further_step", follow_up_id=call, further_step=code(rows, "further_step"))
    rows.add("attempt", follow_up_id=call, at="2016-07-10T10:00", outcome="answered")
    rows.add("aftercare", **about, date="2016-08-01", comment="Ordpunktinsats")
    target = Target("note", owner_id=about["enrolment_id"])
    drafts.keep(rows.register, Draft(target, {"text": "Ordutkast"}, "text", "2024-03-15T10:00:00"))
    return person


def counts(register: Register) -> dict[str, int]:
    """Return table → rows, of those about participants."""
    names = ["participant", *(held.table for held in Holdings(register.conn).tables), "draft"]
    return {t: register.sql(f"SELECT count(*) FROM {t}").fetchall()[0][0] for t in names}


def decrypted(path: Path) -> bytes:
    """Return every page of a register's file, those that hold nothing any more, too."""
    raw, pages = path.read_bytes(), []
    for start in range(0, len(raw), 4096):
        page = raw[start : start + 4096]
        body, iv = page[16 if start == 0 else 0 : -80], page[-80:-64]
        cipher = Cipher(algorithms.AES(RAW_KEY), modes.CBC(iv)).decryptor()
        pages.append(cipher.update(body) + cipher.finalize())
    return b"".join(pages)


def words_in(content: bytes) -> set[str]:
    return {word for word in WORDS if word.encode() in content}


def test_who_ended_before_the_day_is_due_and_who_ended_on_it_is_not(rows: Rows) -> None:
    cutoff = retention.cutoff(TODAY, 60)
    gone = former(rows, "2019-03-14")
    former(rows, cutoff.isoformat())
    assert cutoff == date(2019, 3, 15)
    assert due(rows, "person") == [gone]


def test_who_has_come_back_or_been_spoken_to_since_is_not_due(rows: Rows) -> None:
    back = former(rows, "2016-01-10")
    rows.enrolment(back, "2024-01-10")
    asked = former(rows, "2016-01-10")
    referral = {"programme": "SAM", "party": "self"}
    rows.add("referral", participant_id=asked, date="2023-01-01", outcome="non_start", **referral)
    waits = former(rows, "2016-01-10")
    rows.add("referral", participant_id=waits, date="2014-01-01", outcome="queue", **referral)
    cared, called = (former(rows, "2016-01-10") for _ in range(2))
    own = "SELECT id FROM enrolment WHERE participant_id = ?"
    (cared_for,), (called_at,) = (
        tuple(rows.register.sql(own, (person,)).fetchall()[0]) for person in (cared, called)
    )
    rows.add("aftercare", enrolment_id=cared_for, date="2020-01-01")
    rows.add(
        *("follow_up",), enrolment_id=called_at, months="24", due_date="2018-01-10",
        date="2020-01-01", outcome="answered",
    )  # fmt: skip
    assert due(rows, "person") == []


def test_who_never_began_is_due_by_the_last_referral_or_else_by_the_registration(
    rows: Rows,
) -> None:
    old, young, waits, bare = (rows.person() for _ in range(4))
    referral = {"programme": "SAM", "party": "self"}
    for person, day, outcome in (
        (old, "2020-01-01", "non_start"),
        (young, "2020-01-01", "non_start"),
        (young, "2023-01-01", "advice"),
        (waits, "2020-01-01", "queue"),
    ):
        rows.add("referral", participant_id=person, date=day, outcome=outcome, **referral)
    assert due(rows, "unstarted") == [old]
    years_on = date.today().replace(day=1, year=date.today().year + 3)  # noqa: DTZ011 - the audit's clock
    assert due(rows, "unstarted", years_on) == [old, young, bare]


def test_answers_go_and_the_outcome_stays(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), "2021-01-10")
    for day in ("2021-01-10", "2023-01-10"):
        id = rows.add("screening", enrolment_id=enrolment, date=day, status="answered", any_yes=1)
        rows.add("screening_answer", screening_id=id, item="a", answer="yes")
    assert due(rows, "answers") == [1]
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert rows.register.sql("SELECT screening_id FROM screening_answer").fetchall()[0][0] == 2
    assert [row["any_yes"] for row in rows.register.sql("SELECT any_yes FROM screening")] == [1, 1]
    values = "SELECT count(*) FROM audit_value WHERE column_name = 'answer'"
    assert rows.register.sql(values).fetchall()[0][0] == 1
    assert list(audit.verify(rows.register.conn)) == []


def test_what_was_begun_and_left_goes_after_three_months(rows: Rows) -> None:
    for form, day in (("participant", "2023-12-14"), ("advice", "2023-12-15")):
        draft = Draft(Target(form), {"first_name": "x"}, "first_name", f"{day}T10:00:00")
        drafts.keep(rows.register, draft)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert [draft.target.form for draft in drafts.all_of(rows.register)] == ["advice"]


def test_the_association_chooses_how_long(rows: Rows) -> None:
    person = former(rows, "2016-01-10")
    for value, expected in (("120", []), ("96", [person]), ("aldrig", [])):
        rule, chosen = retention.parse(f"deltagare={value}")
        erasure.choose(rows.register, rule, chosen)
        assert due(rows, "person") == expected
    noted = rows.register.sql("SELECT kind, detail FROM access ORDER BY id DESC LIMIT 1").fetchall()
    assert [tuple(row) for row in noted] == [("retention", "person aldrig")]


def test_nothing_of_somebody_is_left_in_any_table(rows: Rows) -> None:
    everything(rows)
    assert {table for table, count in counts(rows.register).items() if not count} == set()
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert {table for table, count in counts(rows.register).items() if count} == set()
    links = rows.register.sql("PRAGMA foreign_key_check").fetchall()
    assert links == []


def test_what_is_about_others_is_as_it_was(rows: Rows) -> None:
    other = rows.person("Eva", "Ek")
    enrolment = rows.enrolment(other, "2023-01-10")
    note = rows.add("note", enrolment_id=enrolment, at="2023-02-01T10:00", text="Stannar")
    rows.change("note", note, text="Stannar kvar", version=2)
    tables = [held.table for held in Holdings(rows.register.conn).tables]

    def kept() -> list[list[tuple[object, ...]]]:
        found = [
            rows.register.sql(f"SELECT * FROM {table}").fetchall()
            for table in ("participant", *tables, "audit_value")
        ]
        return [[tuple(row) for row in each] for each in found]

    before = kept()
    everything(rows)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert kept()[:-1] == before[:-1]
    assert set(before[-1]) <= set(kept()[-1])


def test_the_log_stays_whole_and_still_tells_who_did_what(rows: Rows) -> None:
    person = everything(rows)
    access_log.log_access(rows.register, "person", person)
    entries = audit.ends(rows.register.conn)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert list(audit.verify(rows.register.conn)) == []
    after = audit.ends(rows.register.conn)
    assert (after["audit"], after["access"]) == (entries["audit"], entries["access"])
    assert after["erasure"] == 1
    users = rows.register.sql("SELECT DISTINCT user FROM audit").fetchall()
    assert [user for (user,) in users] == ["anna"]


def test_an_entry_that_is_changed_after_an_erasure_is_found(rows: Rows) -> None:
    everything(rows)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    rows.register.conn.execute("UPDATE audit SET user = 'kim' WHERE id = 20")
    assert [(fault.log, fault.entry) for fault in audit.verify(rows.register.conn)] == [
        ("audit", 20)
    ]


def test_values_of_others_taken_away_are_found_after_an_erasure(rows: Rows) -> None:
    other = rows.person("Eva", "Ek")
    rows.change("participant", other, last_name="Ask")
    entry = audit.ends(rows.register.conn)["audit"]
    everything(rows)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    rows.register.conn.execute("DELETE FROM audit_value WHERE audit_id = ?", (entry,))
    sql = "UPDATE seal SET salt = NULL WHERE log = 'audit' AND entry = ?"
    rows.register.conn.execute(sql, (entry,))
    assert [fault.entry for fault in audit.verify(rows.register.conn)] == [entry]


def test_the_erasure_is_noted_without_a_word_of_whom(rows: Rows) -> None:
    person = everything(rows)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    (noted,) = rows.register.sql("SELECT user, kind, identity, reason FROM erasure").fetchall()
    assert (noted["user"], noted["kind"], noted["reason"]) == ("anna", "person", "tiden är ute")
    assert len(bytes.fromhex(noted["identity"])) == 32
    listed = "SELECT count(*) FROM erased_row WHERE table_name = 'participant' AND row_id = ?"
    assert rows.register.sql(listed, (str(person),)).fetchall()[0][0] == 1


def test_old_values_of_what_was_deleted_before_go_along(rows: Rows) -> None:
    everything(rows)
    with rows.register.write() as conn:
        conn.execute("DELETE FROM note")
    erasure.apply(rows.register, TODAY, "tiden är ute")
    values = rows.register.sql("SELECT old, new FROM audit_value").fetchall()
    assert not [v for row in values for v in row if v and v.startswith("Ord")]
    assert list(audit.verify(rows.register.conn)) == []


def test_somebody_elses_row_with_a_deleted_rows_id_is_left_alone(rows: Rows) -> None:
    everything(rows)
    with rows.register.write() as conn:
        conn.execute("DELETE FROM note")
    enrolment = rows.enrolment(rows.person("Eva", "Ek"), "2023-01-10")
    note = rows.add("note", enrolment_id=enrolment, at="2023-02-01T10:00", text="Stannar")
    assert note == 1
    rows.change("note", note, text="Stannar kvar", version=2)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert [text for (text,) in rows.register.sql("SELECT text FROM note")] == ["Stannar kvar"]
    kept = rows.register.sql("SELECT old FROM audit_value WHERE new = 'Stannar kvar'").fetchall()
    assert [old for (old,) in kept] == ["Stannar"]
    assert list(audit.verify(rows.register.conn)) == []


def test_somebody_elses_enrolment_with_the_referral_stays_without_it(rows: Rows) -> None:
    everything(rows)
    other = rows.enrolment(rows.person("Eva", "Ek"), "2023-01-10", referral_id=1)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    left = rows.register.sql("SELECT id, referral_id FROM enrolment").fetchall()
    assert [tuple(row) for row in left] == [(other, None)]


def between_steps(monkeypatch: pytest.MonkeyPatch, job: Callable[[], object]) -> None:
    """Have steps of one record, and `job` done after the first of them."""
    jobs = iter([job])
    monkeypatch.setattr(erasure, "_STEP", 1)
    monkeypatch.setattr(time, "sleep", lambda _: next(jobs, lambda: None)())


def test_others_save_between_the_steps_and_who_has_come_back_stays(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, back, last = (former(rows, "2016-01-10") for _ in range(3))

    def enrol() -> None:
        with Register.open(rows.register.path, user="bo", raw_key=RAW_KEY) as others:
            Rows(others).enrolment(back, "2024-01-10")

    between_steps(monkeypatch, enrol)
    found = erasure.apply(rows.register, TODAY, "tiden är ute")
    assert [d.ids for d in found if d.rule.kind == "person"] == [(1, last)]
    assert [id for (id,) in rows.register.sql("SELECT id FROM participant")] == [back]
    assert rows.register.sql("SELECT count(*) FROM enrolment").fetchall()[0][0] == 2
    assert list(audit.verify(rows.register.conn)) == []


def test_what_is_deleted_between_the_steps_goes_with_its_old_values(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    former(rows, "2016-01-10")
    everything(rows)

    def delete() -> None:
        with rows.register.write() as conn:
            conn.execute("DELETE FROM note")

    between_steps(monkeypatch, delete)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    values = rows.register.sql("SELECT old, new FROM audit_value").fetchall()
    assert not [v for row in values for v in row if v and v.startswith("Ord")]
    assert list(audit.verify(rows.register.conn)) == []


def test_what_is_broken_off_is_whole_and_the_next_call_does_the_rest(
    rows: Rows, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ctrl_c() -> None:
        raise KeyboardInterrupt

    former(rows, "2016-01-10")
    everything(rows)
    before = counts(rows.register)
    between_steps(monkeypatch, ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        erasure.apply(rows.register, TODAY, "tiden är ute")
    left = counts(rows.register)
    assert {table: n - left[table] for table, n in before.items() if n != left[table]} == {
        "participant": 1,
        "enrolment": 1,
    }
    assert audit.ends(rows.register.conn)["erasure"] == 1
    assert list(audit.verify(rows.register.conn)) == []
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert {table for table, count in counts(rows.register).items() if count} == set()
    assert audit.ends(rows.register.conn)["erasure"] == 2
    assert words_in(decrypted(path)) == set()


def test_no_word_is_left_in_the_file(rows: Rows, path: Path) -> None:
    everything(rows)
    rows.register.sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert words_in(decrypted(path)) == set(WORDS)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert path.with_name(path.name + "-wal").stat().st_size == 0
    assert words_in(decrypted(path)) == set()
    assert b"Cecilia" in decrypted(path)  # the coach: the pages were read


@pytest.fixture
def copied(rows: Rows, path: Path) -> Path:
    """Return a copy from before an erasure of somebody with everything; `rows` is from after."""
    everything(rows)
    rows.person("Eva", "Ek")
    rows.register.sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    erasure.apply(rows.register, TODAY, "tiden är ute")
    return copy


def names(register: Register) -> list[str]:
    found = register.sql("SELECT last_name FROM participant ORDER BY id").fetchall()
    return [name for (name,) in found]


def test_a_copy_put_back_forgets_what_was_erased_since(rows: Rows, copied: Path) -> None:
    list_ = erasure.taken(rows.register.conn)
    with Register.open(copied, user="kim", raw_key=RAW_KEY) as back:
        assert names(back) == ["Ordnytt", "Ek"]
        assert erasure.replay(back, list_) == 1
        assert names(back) == ["Ek"]
        assert list(audit.verify(back.conn)) == []
        assert erasure.taken(back.conn) == list_
        assert erasure.replay(back, list_) == 0
        assert erasure.taken(back.conn) == list_
    assert words_in(decrypted(copied)) == set()


def test_a_list_is_kept_for_copies_that_are_older_still(rows: Rows, copied: Path) -> None:
    """Who is not in the copy may be in the next one that is put back."""
    person = former(rows, "2016-01-10")
    later = copied.with_name("later.db")
    rows.register.sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copy(rows.register.path, later)
    erasure.apply(rows.register, TODAY, "en till")
    assert person
    with Register.open(copied, user="kim", raw_key=RAW_KEY) as back:
        assert erasure.replay(back, erasure.taken(rows.register.conn)) == 1
        list_ = erasure.taken(back.conn)
    with Register.open(later, user="kim", raw_key=RAW_KEY) as back:
        assert erasure.replay(back, list_) == 1
        assert names(back) == ["Ek"]


def test_a_new_participant_with_the_number_of_an_erased_one_is_left_alone(
    rows: Rows, path: Path
) -> None:
    gone = former(rows, "2016-01-10")
    erasure.apply(rows.register, TODAY, "tiden är ute")
    assert rows.person("Eva", "Ek") == gone
    rows.register.sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    list_ = erasure.taken(rows.register.conn)
    for entries in (list_, list_._replace(entries=(list_.entries[0]._replace(at="2024"),))):
        with Register.open(copy, user="kim", raw_key=RAW_KEY) as back:
            assert erasure.replay(back, entries) == 0
            assert names(back) == ["Ek"]


def test_a_copy_of_an_older_schema_forgets_too(path: Path) -> None:
    path.touch(mode=0o600)
    with closing(driver.connect(path, RAW_KEY, driver.Session("anna"), "create")) as conn:
        older(conn)
        migrations.migrate(conn, migrations.MIGRATIONS[:2])
        conn.execute(
            "INSERT INTO enrolment (participant_id, programme, start_date, end_date)"
            " VALUES (1, 'SAM', '2010-01-01', '2011-01-01')"
        )
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    with Register.open(path, user="anna", raw_key=RAW_KEY) as register:
        erasure.apply(register, TODAY, "tiden är ute")
        list_ = erasure.taken(register.conn)
    with Register.open(copy, user="anna", raw_key=RAW_KEY) as back:
        assert erasure.replay(back, list_) == 1
        assert counts(back)["participant"] == 0
        assert list(audit.verify(back.conn)) == []


@pytest.mark.usefixtures("copied")
def test_the_list_of_another_register_is_refused(rows: Rows, tmp_path: Path) -> None:
    with Register.create(tmp_path / "other.db", user="anna", raw_key=RAW_KEY) as other:
        theirs = Rows(other)
        theirs.association()
        former(theirs, "2016-01-10")
        erasure.apply(other, TODAY, "tiden är ute")
        with pytest.raises(CopyError, match="annat register"):
            erasure.replay(other, erasure.taken(rows.register.conn))


def test_the_moment_of_a_draft_is_that_of_the_clock(rows: Rows) -> None:
    """A draft of today is never due, whatever the hour."""
    now = datetime(2024, 3, 15, 23, 59).isoformat()
    drafts.keep(rows.register, Draft(Target("advice"), {"count": "2"}, "count", now))
    assert due(rows, "draft") == []

"""The logs are sealed: whatever is changed, added or taken away behind finsam's back is found."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from finsam_tui.storage import access_log, audit, bulk, driver
from finsam_tui.storage.audit import Fault
from finsam_tui.storage.migrations import migrate
from finsam_tui.storage.register import Register
from tests.storage.conftest import RAW_KEY
from tests.storage.rows import Rows
from tests.storage.test_migrations import SCHEMA_1, older

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rows(register: Register) -> Rows:
    """Return a register with somebody in it who has been changed, opened and screened."""
    rows = Rows(register)
    rows.association()
    person = rows.person()
    enrolment = rows.enrolment(person, "2023-01-10")
    rows.change("participant", person, phone="070-174 06 08", last_name="Åström")
    rows.add("note", enrolment_id=enrolment, at="2023-02-01T10:00", text="Första")
    rows.change("note", 1, text="Andra")
    access_log.log_access(register, "person", person)
    access_log.log_access(register, "report", detail="oversikt")
    return rows


def faults(rows: Rows) -> list[Fault]:
    return list(audit.verify(rows.register.conn))


def last(rows: Rows, log: str = "audit") -> int:
    return audit.ends(rows.register.conn)[log]


def meddle(rows: Rows, sql: str, *params: object) -> None:
    """Do what somebody with the key of the file can do with another program."""
    rows.register.conn.execute("PRAGMA foreign_keys = OFF")
    assert rows.register.conn.execute(sql, params).rowcount > 0
    rows.register.conn.execute("PRAGMA foreign_keys = ON")


def test_a_log_as_it_was_written_has_no_faults(rows: Rows) -> None:
    assert faults(rows) == []
    sealed = rows.register.sql("SELECT log, count(*) FROM seal GROUP BY log").fetchall()
    assert dict(map(tuple, sealed)) == {"audit": last(rows), "access": 2}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01T00:00:00Z"),
        ("user", "kim"),
        ("action", "delete"),
        ("table_name", "plan"),
        ("row_id", "7"),
        ("last_row_id", "9"),
    ],
)
def test_a_changed_entry_is_found(rows: Rows, column: str, value: str) -> None:
    meddle(rows, f"UPDATE audit SET {column} = ? WHERE id = 7", value)
    assert faults(rows) == [Fault("audit", 7, "changed")]


@pytest.mark.parametrize("column", ["at", "user", "kind", "participant_id", "detail"])
def test_a_changed_opening_is_found(rows: Rows, column: str) -> None:
    meddle(rows, f"UPDATE access SET {column} = '1' WHERE id = 2")
    assert faults(rows) == [Fault("access", 2, "changed")]


def test_an_entry_that_was_taken_away_is_found(rows: Rows) -> None:
    for entry in (3, 5):
        meddle(rows, "DELETE FROM audit WHERE id = ?", entry)
        meddle(rows, "DELETE FROM seal WHERE log = 'audit' AND entry = ?", entry)
    assert faults(rows) == [Fault("audit", 3, "removed"), Fault("audit", 5, "removed")]


def test_an_opening_that_was_taken_away_is_found(rows: Rows) -> None:
    meddle(rows, "DELETE FROM access WHERE id = 1")
    assert faults(rows) == [Fault("access", 1, "removed")]


def test_the_last_entry_is_missed(rows: Rows) -> None:
    entry = last(rows)
    meddle(rows, "DELETE FROM audit_value WHERE audit_id = ?", entry)
    meddle(rows, "DELETE FROM audit WHERE id = ?", entry)
    assert faults(rows) == [Fault("audit", entry, "removed")]


def test_work_goes_on_over_an_end_that_was_cut_and_it_is_still_found(rows: Rows) -> None:
    entry = last(rows)
    meddle(rows, "DELETE FROM audit_value WHERE audit_id = ?", entry)
    meddle(rows, "DELETE FROM audit WHERE id = ?", entry)
    rows.change("note", 1, text="Tredje")
    assert faults(rows) == [Fault("audit", entry, "changed")]


def test_entries_that_change_places_are_found(rows: Rows) -> None:
    meddle(rows, "UPDATE audit SET id = 1000 WHERE id = 3")
    meddle(rows, "UPDATE audit SET id = 3 WHERE id = 4")
    meddle(rows, "UPDATE audit SET id = 4 WHERE id = 1000")
    assert [(f.log, f.entry) for f in faults(rows)] == [("audit", 3), ("audit", 4)]


def test_an_entry_from_elsewhere_is_found(rows: Rows) -> None:
    meddle(
        rows,
        "INSERT INTO audit (at, user, action, table_name, row_id)"
        " VALUES ('2024-01-01T00:00:00Z', 'kim', 'update', 'note', '1')",
    )
    entry = last(rows)
    rows.change("note", 1, text="Tredje")
    assert faults(rows) == [Fault("audit", entry, "unsealed")]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_value SET old = 'Nolla' WHERE audit_id = ? AND column_name = 'text'",
        "UPDATE audit_value SET new = 'Nolla' WHERE audit_id = ? AND column_name = 'text'",
        "UPDATE audit_value SET column_name = 'staff' WHERE audit_id = ?",
        "DELETE FROM audit_value WHERE audit_id = ?",
    ],
)
def test_changed_values_are_found(rows: Rows, sql: str) -> None:
    entry = last(rows)
    meddle(rows, sql, entry)
    assert faults(rows) == [Fault("audit", entry, "values")]


def test_values_taken_away_with_their_salt_are_found_where_nothing_was_erased(rows: Rows) -> None:
    entry = last(rows)
    meddle(rows, "DELETE FROM audit_value WHERE audit_id = ?", entry)
    meddle(rows, "UPDATE seal SET salt = NULL WHERE log = 'audit' AND entry = ?", entry)
    assert faults(rows) == [Fault("audit", entry, "values")]


def test_an_erasure_that_is_made_up_is_found(rows: Rows) -> None:
    entry = last(rows)
    meddle(rows, "DELETE FROM audit_value WHERE audit_id = ?", entry)
    meddle(rows, "UPDATE seal SET salt = NULL WHERE log = 'audit' AND entry = ?", entry)
    meddle(
        rows,
        "INSERT INTO erasure (at, user, kind, identity, reason, audit_id)"
        " VALUES ('2024-01-01T00:00:00Z', 'kim', 'person', 'x', 'y', 1000)",
    )
    meddle(rows, "INSERT INTO erased_row VALUES ('note', '1', 1)")
    assert faults(rows) == [Fault("erasure", 1, "unsealed")]


def test_a_seal_holds_nothing_that_a_value_could_be_guessed_from(rows: Rows) -> None:
    """Two entries with the same values have different digests."""
    rows.change("note", 1, text="Första")
    rows.change("note", 1, text="Andra")
    seals = rows.register.sql("SELECT digest FROM seal WHERE digest IS NOT NULL").fetchall()
    assert len({bytes(digest) for (digest,) in seals}) == len(seals)


def test_a_write_that_fails_leaves_no_seal(rows: Rows) -> None:
    before = rows.register.sql("SELECT count(*) FROM seal").fetchall()[0][0]
    with pytest.raises(driver.IntegrityError):
        rows.change("note", 1, text="Tredje", staff="finns inte")
    assert rows.register.sql("SELECT count(*) FROM seal").fetchall()[0][0] == before
    assert faults(rows) == []


def test_many_rows_in_bulk_are_one_sealed_entry(rows: Rows) -> None:
    before = last(rows)
    with rows.register.write() as conn, bulk.unnoted(conn, ["advice"]):
        columns = ("date", "programme", "caller")
        bulk.insert(conn, "advice", columns, [("2024-01-01", "SAM", "relative")] * 500)
        bulk.note_insert(conn, "advice", 1, 500)
    assert last(rows) == before + 1
    assert faults(rows) == []


def test_another_register_seals_with_a_secret_of_its_own(rows: Rows, tmp_path: Path) -> None:
    with Register.create(tmp_path / "other.db", user="anna", raw_key=RAW_KEY) as other:
        for purpose in (audit.SEAL, audit.IDENTITY):
            mine = audit.secret(rows.register.conn, purpose)
            assert mine != audit.secret(other.conn, purpose)


def test_the_head_is_there_until_the_log_is_cut(rows: Rows) -> None:
    told = audit.head(rows.register.conn)
    assert told.keys() == {"audit", "access"}
    rows.change("note", 1, text="Tredje")
    assert audit.parted(rows.register.conn, told) == []
    entry = int(told["audit"].split(":")[0])
    meddle(rows, "DELETE FROM seal WHERE log = 'audit' AND entry >= ?", entry)
    assert audit.parted(rows.register.conn, told) == ["audit"]


def test_a_register_of_an_older_schema_has_no_head() -> None:
    with closing(driver.memory()) as conn:
        driver.run_script(conn, SCHEMA_1.read_text(encoding="utf-8"))
        assert audit.head(conn) == {}


def test_an_upgrade_seals_what_the_logs_held(path: Path) -> None:
    path.touch(mode=0o600)
    with closing(driver.connect(path, RAW_KEY, driver.Session("anna"), "create")) as conn:
        older(conn)
        conn.execute("UPDATE participant SET sex = 'man'")
        conn.execute("INSERT INTO access (at, user, kind) VALUES ('2024-01-01', 'anna', 'person')")
        migrate(conn)
        assert audit.ends(conn)["audit"] > 0
        assert list(audit.verify(conn)) == []
        conn.execute("UPDATE audit_value SET old = 'other' WHERE column_name = 'sex'")
        assert [fault.what for fault in audit.verify(conn)] == ["values"]

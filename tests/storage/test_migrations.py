"""A register is brought to this program's schema, all of it or not at all."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import Damaged, NewerSchema
from finsam_tui.forms.codes import Code, default_codes
from finsam_tui.storage import code_lists, driver, migrations
from finsam_tui.storage.migrations import MIGRATIONS, migrate, missing_triggers, version
from finsam_tui.storage.register import Register
from tests.storage.conftest import RAW_KEY, start, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.storage.driver import Connection

# The schema of version 1, as it was: never changed.
SCHEMA_1 = Path(__file__).parents[1] / "data" / "schema-1.sql"


@pytest.fixture
def conn() -> Iterator[Connection]:
    with closing(driver.memory()) as conn:
        yield conn


def add_table(conn: Connection) -> None:
    conn.execute("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT")


def objects(conn: Connection) -> dict[str, str]:
    """Return name → SQL of everything in the schema, without its comments."""
    found = conn.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: " ".join(re.sub("--.*", "", sql).split()) for name, sql in found}


def rows(conn: Connection, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in conn.execute(f"SELECT * FROM {table}")]


def tables(conn: Connection) -> set[str]:
    found = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in found}


@pytest.fixture
def first(conn: Connection) -> Connection:
    """Return a register of version 1."""
    older(conn)
    return conn


def older(conn: Connection) -> None:
    """Make a register of version 1 with the lists of its time, and somebody in it."""
    driver.run_script(conn, SCHEMA_1.read_text(encoding="utf-8"))
    code_lists.install(conn, [code for code in default_codes() if code.list not in NEW_LISTS])
    conn.execute("INSERT INTO programme (id, name, type) VALUES ('SAM', 'Teamet', 'individual')")
    conn.execute(
        "INSERT INTO participant (registration, birth_date, sex)"
        " VALUES ('person', '1990-01-01', 'woman')"
    )
    conn.execute("PRAGMA user_version = 1")


NEW_LISTS = {
    "measure",
    "goal_direction",
    "questionnaire_occasion",
    "questionnaire_answer",
    "comparison_level",
    "report_part",
    "code_list",
}


def test_a_register_of_version_1_becomes_one_of_today(first: Connection) -> None:
    migrate(first)
    assert version(first) == len(MIGRATIONS)
    assert missing_triggers(first) == []
    with closing(driver.memory()) as new:
        migrate(new)
        assert objects(first) == objects(new)


def test_what_a_register_of_version_1_holds_is_there_afterwards(first: Connection) -> None:
    tables_of_then = [name for name in tables(first) if name != "code"]
    before = {name: rows(first, name) for name in tables_of_then}
    migrate(first)
    assert {name: rows(first, name) for name in tables_of_then} == before
    assert len(before["participant"]) == 1


def test_a_register_of_version_1_gets_the_codes_of_today(first: Connection) -> None:
    first.execute("UPDATE code SET label = 'eget ord' WHERE list = 'sex' AND key = 'other'")
    migrate(first)
    installed = {tuple(row) for row in first.execute("SELECT list, key FROM code")}
    assert installed == {(code.list, code.key) for code in default_codes()}
    assert code_lists.load(first).label("sex", "other") == "eget ord"
    assert code_lists.load(first).get("measure", "under_30") == Code(
        "measure", "under_30", "nya deltagare under 30 år", 3
    )


def test_what_a_register_of_version_2_holds_is_there_afterwards(first: Connection) -> None:
    migrate(first, MIGRATIONS[:2])
    first.execute("UPDATE participant SET sex = 'man', version = version + 1")
    first.execute("INSERT INTO goal (year, measure, target) VALUES (2024, 'useful', 75)")
    before = {name: rows(first, name) for name in tables(first) if name != "code"}
    migrate(first)
    assert {name: rows(first, name) for name in before} == before
    assert tables(first) - set(before) == {"code", "erasure", "erased_row", "seal", "secret"}
    sealed = first.execute("SELECT count(*) FROM seal WHERE log = 'audit'").fetchall()
    assert sealed[0][0] == len(before["audit"]) > 0


def test_a_screening_of_version_3_tells_which_violence_it_found(first: Connection) -> None:
    migrate(first, MIGRATIONS[:3])
    first.execute(
        "INSERT INTO enrolment (participant_id, programme, start_date)"
        " VALUES (1, 'SAM', '2024-01-01')"
    )
    for yes in (("1", "3", "7"), ("4",)):
        screening = first.execute(
            "INSERT INTO screening (enrolment_id, date, status, instrument, exposed, any_yes)"
            " VALUES (1, '2024-01-02', 'answered', 'vald-7', ?, 1)",
            (int("1" in yes),),
        ).lastrowid
        for item in "1234567":
            first.execute(
                "INSERT INTO screening_answer (screening_id, item, answer) VALUES (?, ?, ?)",
                (screening, item, "yes" if item in yes else "no"),
            )
    noted = rows(first, "audit")
    migrate(first)
    assert [row[-1] for row in first.execute("SELECT kinds FROM screening")] == ["1|3", None]
    assert rows(first, "audit") == noted


def test_drafts_of_version_4_go_on_beside_those_of_records_with_typed_ids(
    first: Connection,
) -> None:
    migrate(first, MIGRATIONS[:4])
    draft = "INSERT INTO draft (user, form, record_id, answers, field, changed_at)"
    first.execute(f"{draft} VALUES ('anna', 'plan', 7, '{{}}', 'goal', '2024-01-02T09:00:00')")
    before = rows(first, "draft")
    migrate(first)
    assert rows(first, "draft") == before
    first.execute(f"{draft} VALUES ('anna', 'staff', '07', '{{}}', 'name', '2024-01-02T09:00:00')")
    assert [row[4] for row in rows(first, "draft")] == [7, "07"]


def test_codes_of_version_5_stay_and_are_traced_from_then_on(first: Connection) -> None:
    migrate(first, MIGRATIONS[:5])
    first.execute("DELETE FROM code WHERE list = 'code_list'")  # which a later version brought
    first.execute("UPDATE code SET label = 'eget ord', sort = 9 WHERE key = 'ips'")
    first.execute("INSERT INTO code (list, key, label) VALUES ('result', 'own_hem', 'hem')")
    columns = "list, key, label, sort, parent, positive, level, active"
    before = first.execute(f"SELECT {columns} FROM code ORDER BY rowid").fetchall()
    noted = rows(first, "audit")
    migrate(first)
    after = first.execute(f"SELECT {columns} FROM code ORDER BY id").fetchall()
    assert [tuple(row) for row in after[: len(before)]] == [tuple(row) for row in before]
    assert {row[0] for row in after[len(before) :]} == {"code_list"}
    assert rows(first, "audit") == noted
    assert first.execute("PRAGMA foreign_key_check").fetchall() == []
    first.execute("UPDATE code SET positive = 1 WHERE key = 'own_hem'")
    changed = "SELECT column_name, old, new FROM audit_value"
    assert [tuple(row) for row in first.execute(changed)][-1:] == [("positive", "0", "1")]


def test_a_file_of_version_1_opens_and_can_be_worked_in(path: Path) -> None:
    path.touch(mode=0o600)
    with closing(driver.connect(path, RAW_KEY, driver.Session("anna"), "create")) as conn:
        older(conn)
    with Register.open(path, user="anna", raw_key=RAW_KEY) as register:
        assert register.unaudited == ()
        assert "report_part" in register.codes
        with register.write() as conn:
            conn.execute("INSERT INTO structural_event (programme) VALUES ('SAM')")
        people = register.sql("SELECT count(*) FROM participant").fetchall()
        assert people[0][0] == 1


def test_what_the_upgrade_adds_is_traced(first: Connection) -> None:
    migrate(first)
    first.execute(
        "INSERT INTO goal (programme, year, measure, target) VALUES ('SAM', 2024, 'useful', 75)"
    )
    noted = first.execute("SELECT action, row_id FROM audit WHERE table_name = 'goal'").fetchall()
    assert [tuple(row) for row in noted] == [("insert", "1")]


def test_an_upgrade_that_only_adds_does_not_look_at_every_row(first: Connection) -> None:
    asked: list[str] = []
    first.set_trace_callback(asked.append)
    migrate(first)
    first.set_trace_callback(None)
    checks = [sql for sql in asked if "foreign_key_check" in sql]
    assert checks
    assert not {"PRAGMA foreign_key_check", "PRAGMA foreign_key_check(participant)"} & set(checks)


def test_the_version_counts_the_migrations(conn: Connection) -> None:
    assert version(conn) == 0
    migrate(conn)
    assert version(conn) == len(MIGRATIONS)
    migrate(conn, (*MIGRATIONS, add_table))
    assert version(conn) == len(MIGRATIONS) + 1
    assert "later" in tables(conn)


def test_a_migration_is_applied_once(conn: Connection) -> None:
    for _ in range(2):
        migrate(conn, (*MIGRATIONS, add_table))
    assert version(conn) == len(MIGRATIONS) + 1


def test_a_failing_migration_changes_nothing(conn: Connection) -> None:
    migrate(conn)
    before = tables(conn)

    def fail(conn: Connection) -> None:
        conn.execute("DROP TABLE plan")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - the very one
        migrate(conn, (*MIGRATIONS, add_table, fail))
    assert tables(conn) == before
    assert version(conn) == len(MIGRATIONS)
    assert conn.execute("PRAGMA foreign_keys").fetchall()[0][0] == 1


def test_a_newer_schema_is_refused_with_both_versions(conn: Connection) -> None:
    conn.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 7}")
    with pytest.raises(NewerSchema) as refused:
        migrate(conn)
    assert f"schemaversion {len(MIGRATIONS) + 7}" in str(refused.value)
    assert f"högst {len(MIGRATIONS)}" in str(refused.value)
    assert tables(conn) == set()


def test_a_schema_that_is_up_to_date_has_all_its_triggers(conn: Connection) -> None:
    migrate(conn)
    assert missing_triggers(conn) == []


@pytest.mark.parametrize("action", ["insert", "update", "delete"])
def test_a_trigger_that_is_gone_is_missed(conn: Connection, action: str) -> None:
    migrate(conn)
    conn.execute(f"DROP TRIGGER audit_participant_{action}")
    assert missing_triggers(conn) == [f"audit_participant_{action}"]


def test_a_trigger_of_another_table_does_not_count(conn: Connection) -> None:
    migrate(conn)
    conn.execute("DROP TRIGGER audit_participant_insert")
    conn.execute("CREATE TRIGGER audit_participant_insert AFTER INSERT ON plan BEGIN SELECT 1; END")
    assert missing_triggers(conn) == ["audit_participant_insert"]


def test_a_migration_that_loses_triggers_is_taken_back(conn: Connection) -> None:
    migrate(conn)

    def transform(conn: Connection) -> None:
        driver.database(conn).table("note").transform(rename={"text": "words"})

    with pytest.raises(Damaged, match=r"spårningen.*orört"):
        migrate(conn, (*MIGRATIONS, transform))
    assert missing_triggers(conn) == []
    conn.execute("SELECT text FROM note")


def test_a_migration_that_breaks_links_is_taken_back(conn: Connection) -> None:
    migrate(conn)

    def orphan(conn: Connection) -> None:
        conn.execute("INSERT INTO programme_follow_up VALUES ('saknas', '6')")

    with pytest.raises(Damaged, match=r"kopplingar.*orört"):
        migrate(conn, (*MIGRATIONS, orphan))
    assert conn.execute("SELECT count(*) FROM programme_follow_up").fetchall()[0][0] == 0


def test_processes_that_start_together_migrate_once(path: Path) -> None:
    with closing(driver.connect(path, RAW_KEY, driver.Session("anna"), "create")) as conn:
        conn.execute("PRAGMA journal_mode = WAL")

    def work() -> None:
        with closing(driver.connect(path, RAW_KEY, driver.Session("anna"))) as conn:
            migrate(conn, (*MIGRATIONS, add_table))

    children = [start(work) for _ in range(4)]
    assert [status_of(child) for child in children] == [0] * 4


def test_the_schema_is_found_inside_an_installed_package(tmp_path: Path) -> None:
    package = tmp_path / "finsam_tui"
    package.mkdir()
    (tmp_path / "schema.sql").write_text("beside", encoding="utf-8")
    assert migrations.schema_sql(package) == "beside"
    (package / "schema.sql").write_text("inside", encoding="utf-8")
    assert migrations.schema_sql(package) == "inside"

"""A register is brought to this program's schema, all of it or not at all."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import Damaged, NewerSchema
from finsam_tui.storage import driver, migrations
from finsam_tui.storage.migrations import MIGRATIONS, migrate, missing_triggers, version
from tests.storage.conftest import RAW_KEY, start, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.storage.driver import Connection


@pytest.fixture
def conn() -> Iterator[Connection]:
    with closing(driver.memory()) as conn:
        yield conn


def add_table(conn: Connection) -> None:
    conn.execute("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT")


def tables(conn: Connection) -> set[str]:
    found = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in found}


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

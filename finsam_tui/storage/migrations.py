"""Brings a register to the schema of this program, in one transaction, and none that is newer.

`PRAGMA user_version` is the number of migrations applied, and is told nowhere else. An empty file
gets schema.sql, which is kept equal to all of them; a register in use gets those it has not seen.
They are appended, never changed.

`sqlite_utils.Migrations` is not used: it keeps its count in a table of its own, loads sqlite-utils
at every opening only to find that there is nothing to do, commits each step by itself, and cannot
tell that a register is newer than the program.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui import __version__
from finsam_tui.errors import Damaged, NewerSchema
from finsam_tui.storage import audit, code_lists
from finsam_tui.storage.audit_triggers import MARK, audited, trigger
from finsam_tui.storage.driver import run_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from finsam_tui.storage.driver import Connection

_PACKAGE = Path(__file__).resolve().parent.parent
_UPGRADES = Path(__file__).with_name("upgrades")

# A migration runs inside the transaction: no BEGIN, COMMIT or executescript. One that rebuilds a
# table (`transform` of sqlite-utils drops its triggers) makes the table's audit triggers anew. It
# returns the tables whose links may have broken, None for any: looking at all takes minutes in a
# large register.
Migration = Callable[["Connection"], "Iterable[str] | None"]


def schema_sql(package: Path = _PACKAGE) -> str:
    """Return schema.sql: in an installed package it lies inside, in a working copy beside it."""
    inside = package / "schema.sql"
    path = inside if inside.is_file() else package.parent / "schema.sql"
    return path.read_text(encoding="utf-8")


def _whole(conn: Connection) -> Iterable[str]:
    """Give an empty file the schema and the lists as they are today: all the migrations at once.

    The lists come before the triggers, for they are nobody's change.
    """
    tables, mark, triggers = schema_sql().partition(MARK)
    run_script(conn, tables)
    code_lists.install(conn)
    run_script(conn, mark + triggers)
    audit.begin(conn)
    return ()


def _report(conn: Connection) -> Iterable[str]:
    """Version 2: what the year's report tells besides the people's own records."""
    before = set(audited(conn))
    run_script(conn, (_UPGRADES / "2.sql").read_text(encoding="utf-8"))
    new = {table: about for table, about in audited(conn).items() if table not in before}
    for table, about in new.items():
        run_script(conn, trigger(table, *about))
    code_lists.install(conn)
    return new


def _seal(conn: Connection) -> Iterable[str]:
    """Version 3: the logs are sealed from here on, with what they held as it was."""
    run_script(conn, (_UPGRADES / "3.sql").read_text(encoding="utf-8"))
    audit.begin(conn)
    return ()


def _kinds(conn: Connection) -> Iterable[str]:
    """Version 4: a screening tells which violence it found, also without its answers."""
    run_script(conn, (_UPGRADES / "4.sql").read_text(encoding="utf-8"))
    run_script(conn, trigger("screening", *audited(conn)["screening"]))
    return ()


def _drafts(conn: Connection) -> Iterable[str]:
    """Version 5: a draft may be of a record whose id is typed."""
    run_script(conn, (_UPGRADES / "5.sql").read_text(encoding="utf-8"))
    return ()


def _codes(conn: Connection) -> Iterable[str]:
    """Version 6: a code list can be changed, and who does it is traced. Every code stays."""
    run_script(conn, (_UPGRADES / "6.sql").read_text(encoding="utf-8"))
    code_lists.install(conn)
    run_script(conn, trigger("code", *audited(conn)["code"]))
    return ()


MIGRATIONS: tuple[Migration, ...] = (_whole, _report, _seal, _kinds, _drafts, _codes)


def version(conn: Connection) -> int:
    """Return how many migrations the register has seen; 0 for an empty file."""
    (number,) = conn.execute("PRAGMA user_version").fetchall()[0]
    return int(number)


def migrate(conn: Connection, migrations: Sequence[Migration] | None = None) -> None:
    """Apply what is missing of `migrations` (None: MIGRATIONS), all or nothing.

    Raises NewerSchema when the register has seen more of them, and Damaged, with nothing changed,
    when one would leave rows without those they refer to, or an audited table without its triggers.
    """
    migrations = MIGRATIONS if migrations is None else migrations
    if not _missing(conn, migrations):
        return
    # Rebuilding a table would otherwise delete what refers to it; no effect inside a transaction.
    conn.execute("PRAGMA foreign_keys = OFF")
    try:
        conn.execute("BEGIN IMMEDIATE")
        # Asked again under the lock: another process may just have done it.
        _verify(conn, [step(conn) for step in _missing(conn, migrations)])
        conn.execute(f"PRAGMA user_version = {len(migrations)}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    finally:
        conn.execute("PRAGMA foreign_keys = ON")


def missing_triggers(conn: Connection) -> list[str]:
    """Return the names of the audit triggers that should be there and are not."""
    wanted = {
        (f"audit_{table}_{action}", table)
        for table in audited(conn)
        for action in ("insert", "update", "delete")
    }
    there = conn.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
    return sorted(name for name, _ in wanted - {(row[0], row[1]) for row in there})


def _missing(conn: Connection, migrations: Sequence[Migration]) -> Sequence[Migration]:
    applied = version(conn)
    if applied > len(migrations):
        raise NewerSchema(
            f"registret har schemaversion {applied}, men finsam {__version__} klarar högst "
            f"{len(migrations)}; installera en nyare finsam."
        )
    if applied == 0:
        return (*migrations[:1], *migrations[len(MIGRATIONS) :])
    return migrations[applied:]


def _verify(conn: Connection, touched: Sequence[Iterable[str] | None]) -> None:
    if any(_broken(conn, tables) for tables in touched):
        raise Damaged("uppgraderingen skulle ha lämnat trasiga kopplingar; registret är orört.")
    if missing_triggers(conn):
        raise Damaged("uppgraderingen skulle ha tagit bort spårningen; registret är orört.")


def _broken(conn: Connection, tables: Iterable[str] | None) -> bool:
    """Return whether a row of the tables (None: of any) refers to one that is not there."""
    asked = ("",) if tables is None else (f"({table})" for table in tables)
    return any(conn.execute(f"PRAGMA foreign_key_check{table}").fetchone() for table in asked)

"""Brings a register to the schema of this program, in one transaction, and none that is newer.

`PRAGMA user_version` is the number of migrations applied, and is told nowhere else. The first one
is schema.sql; later ones are appended, never changed, and schema.sql is kept equal to all of them.

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
from finsam_tui.storage.driver import run_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.storage.driver import Connection

_PACKAGE = Path(__file__).resolve().parent.parent

# A migration runs inside the transaction: no BEGIN, COMMIT or executescript. One that rebuilds a
# table (`transform` of sqlite-utils drops its triggers) makes the table's audit triggers anew.
Migration = Callable[["Connection"], None]


def schema_sql(package: Path = _PACKAGE) -> str:
    """Return schema.sql: in an installed package it lies inside, in a working copy beside it."""
    inside = package / "schema.sql"
    path = inside if inside.is_file() else package.parent / "schema.sql"
    return path.read_text(encoding="utf-8")


def _first(conn: Connection) -> None:
    run_script(conn, schema_sql())


MIGRATIONS: tuple[Migration, ...] = (_first,)


def version(conn: Connection) -> int:
    """Return how many migrations the register has seen; 0 for an empty file."""
    (number,) = conn.execute("PRAGMA user_version").fetchall()[0]
    return int(number)


def migrate(conn: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Apply what is missing, all or nothing.

    Raises NewerSchema when the register has seen more than `migrations`, and Damaged, with nothing
    changed, when a migration would leave rows without those they refer to, or an audited table
    without its triggers.
    """
    if not _missing(conn, migrations):
        return
    # Rebuilding a table would otherwise delete what refers to it; no effect inside a transaction.
    conn.execute("PRAGMA foreign_keys = OFF")
    try:
        conn.execute("BEGIN IMMEDIATE")
        # Asked again under the lock: another process may just have done it.
        for step in _missing(conn, migrations):
            step(conn)
        _verify(conn)
        conn.execute(f"PRAGMA user_version = {len(migrations)}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    finally:
        conn.execute("PRAGMA foreign_keys = ON")


def missing_triggers(conn: Connection) -> list[str]:
    """Return the audit triggers that should be there and are not, by name.

    Each table with a `version` column is audited, and each table of values that belongs to one.
    """
    # A single statement, for every opening asks: the rule is that of `audit_triggers.audited`.
    return [name for (name,) in conn.execute(_MISSING)]


_MISSING = """
WITH audited AS (
    SELECT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND c.name = 'version'
), wanted AS (
    SELECT name AS tbl, 'audit_' || name || '_' || action AS name
    FROM audited, (SELECT 'insert' AS action UNION ALL SELECT 'update' UNION ALL SELECT 'delete')
)
SELECT w.name FROM wanted AS w
WHERE NOT EXISTS (
    SELECT 1 FROM sqlite_master AS t
    WHERE t.type = 'trigger' AND t.name = w.name AND t.tbl_name = w.tbl
)
ORDER BY w.name
"""


def _missing(conn: Connection, migrations: Sequence[Migration]) -> Sequence[Migration]:
    applied = version(conn)
    if applied > len(migrations):
        raise NewerSchema(
            f"registret har schemaversion {applied}, men finsam {__version__} klarar högst "
            f"{len(migrations)}; installera en nyare finsam."
        )
    return migrations[applied:]


def _verify(conn: Connection) -> None:
    if conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Damaged("uppgraderingen skulle ha lämnat trasiga kopplingar; registret är orört.")
    if missing_triggers(conn):
        raise Damaged("uppgraderingen skulle ha tagit bort spårningen; registret är orört.")

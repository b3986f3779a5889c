"""The triggers that write who changed what, made from the tables so that none is forgotten.

`python -m finsam_tui.storage.audit_triggers` rewrites the end of schema.sql; a test holds the two
equal. Audited is every table with a `version` column, and the tables of values that belong to one.
An insert notes only that it happened: the values are in the row, or in the later changes of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_tui.storage.driver import Connection

MARK = "-- Audit triggers: made by `python -m finsam_tui.storage.audit_triggers`, not by hand.\n"
NOT_KEPT = frozenset({"id", "version", "search_key"})  # who and what they repeat is told elsewhere
# The stored columns of every table: table_info leaves out the generated ones.
_COLUMNS = """
SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.rowid, c.cid
"""


def audited(conn: Connection) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return table → (the column that names the row, the columns whose values are kept)."""
    stored: dict[str, list[str]] = {}
    for table, column in conn.execute(_COLUMNS).fetchall():
        stored.setdefault(table, []).append(column)
    tables: dict[str, tuple[str, tuple[str, ...]]] = {}
    for table, columns in stored.items():
        if "version" in columns:
            tables[table] = ("id", tuple(c for c in columns if c not in NOT_KEPT))
        elif (owner := columns[0]).removesuffix("_id") in stored and owner.endswith("_id"):
            tables[table] = (owner, tuple(columns[1:]))
    tables.pop("audit_value", None)
    return tables


def triggers(conn: Connection) -> str:
    """Return the SQL of every audit trigger, in table order."""
    return "\n".join(trigger(table, *about) for table, about in audited(conn).items())


def trigger(table: str, key: str, columns: tuple[str, ...]) -> str:
    """Return the SQL of a table's three triggers; `key` and `columns` as `audited` tells them."""
    changed = "\n        UNION ALL ".join(
        f"SELECT last_insert_rowid(), '{c}', OLD.{c}, NEW.{c} WHERE OLD.{c} IS NOT NEW.{c}"
        for c in columns
    )
    lost = "\n        UNION ALL ".join(
        f"SELECT last_insert_rowid(), '{c}', OLD.{c}, NULL WHERE OLD.{c} IS NOT NULL"
        for c in columns
    )
    # A row of a table of values has no id of its own: its value is what the entry is about.
    added = ""
    if key != "id":
        added = "\n    INSERT INTO audit_value " + "\n        UNION ALL ".join(
            f"SELECT last_insert_rowid(), '{c}', NULL, NEW.{c} WHERE NEW.{c} IS NOT NULL"
            for c in columns
        ) + ";"  # fmt: skip
    return f"""\
CREATE TRIGGER audit_{table}_insert AFTER INSERT ON {table} BEGIN
    {_entry("insert", table, "NEW." + key)}{added}
END;
CREATE TRIGGER audit_{table}_update AFTER UPDATE ON {table} BEGIN
    {_entry("update", table, "NEW." + key)}
    INSERT INTO audit_value {changed};
END;
CREATE TRIGGER audit_{table}_delete AFTER DELETE ON {table} BEGIN
    {_entry("delete", table, "OLD." + key)}
    INSERT INTO audit_value {lost};
END;
"""


def _entry(action: str, table: str, row: str) -> str:
    return (
        "INSERT INTO audit (at, user, action, table_name, row_id)\n"
        f"        VALUES (finsam_now(), finsam_user(), '{action}', '{table}', {row});"
    )


def main(path: Path | None = None) -> None:
    """Rewrite the end of schema.sql from its tables."""
    from finsam_tui.storage import driver

    path = path or Path(__file__).parents[2] / "schema.sql"
    tables = path.read_text(encoding="utf-8").partition(MARK)[0].rstrip() + "\n\n"
    conn = driver.memory()
    conn.executescript(re.sub(r"(?m)^--.*\n", "", tables))
    path.write_text(f"{tables}{MARK}\n{triggers(conn)}", encoding="utf-8")


if __name__ == "__main__":
    main()

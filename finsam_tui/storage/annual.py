"""The records of a year that are about no person: budgets, goals, others' figures, report texts.

Of most there is one of a kind: a programme has one budget a year. What says which is in `ONCE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_tui.forms.field import Value, Values
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.target import Id

# Table → the columns that no two of its records share.
ONCE = {
    "programme_year": ("programme", "year"),
    "goal": ("programme", "year", "measure"),
    "comparison": ("year", "level", "name"),
    "report_text": ("programme", "year", "part"),
}


def facts(conn: Connection, table: str, record_id: Id, values: Values | None) -> dict[str, Value]:
    """Return what the rules ask about a record of `table`: whether there is another of its kind.

    Taken as the `values` about to be saved have it; nothing is taken while there are none.
    """
    known: dict[str, Value] = {}
    if values is not None:
        same = " AND ".join(f"{column} IS ?" for column in ONCE[table])
        key = [values.get(column) for column in ONCE[table]]
        sql = f"SELECT 1 FROM {table} WHERE {same} AND id <> ?"
        known["taken"] = int(conn.execute(sql, (*key, record_id)).fetchone() is not None)
    if table == "programme_year":
        known["without_persons"] = without_persons(conn)
    return known


def without_persons(conn: Connection) -> tuple[str, ...]:
    """Return the programmes whose participants are counted by hand: structural, or by volume."""
    sql = "SELECT id FROM programme WHERE volume = 1 OR type = 'structural' ORDER BY id"
    return tuple(str(programme) for (programme,) in conn.execute(sql))

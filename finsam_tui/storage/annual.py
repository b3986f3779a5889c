"""The records of a year that are about no person: budgets, goals, others' figures, report texts.

Of most there is one of a kind: a programme has one budget a year. What says which is in `ONCE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.text import number, short_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.forms.field import Value, Values
    from finsam_tui.storage.driver import Connection, Row
    from finsam_tui.storage.register import Register
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


@dataclass(frozen=True, slots=True)
class Line:
    """A record as a list shows it.

    `year` is None of a day without a date, `programme` "" where it is about none.
    """

    record_id: int
    year: int | None
    programme: str
    told: str


def lines(register: Register, form: str, *, limit: int, offset: int = 0) -> list[Line]:
    """Return the records of one of the forms in `LISTED`, the latest year first."""
    rows = register.rows(f"annual_{form}", limit=limit, offset=offset)
    tell = _TOLD[form]
    return [Line(row["id"], row["year"], row["programme"] or "", tell(row)) for row in rows]


def count(register: Register, form: str) -> int:
    """Return how many records a form in `LISTED` has."""
    return int(register.sql(f"SELECT count(*) FROM {form}").fetchall()[0][0])


def _programme_year(row: Row) -> str:
    participants = number(row["budget_participants"])
    budget, actual = number(row["budget_amount"], 0), number(row["actual_amount"], 0)
    return f"{participants} deltagare, {budget} kr; utfall {actual} kr"


def _goal(row: Row) -> str:
    return f"{row['measure']}: {row['direction']} {number(row['target'])}"


def _structural_event(row: Row) -> str:
    day = short_date(date.fromisoformat(row["date"])) if row["date"] else "utan datum"
    comment = (row["comment"] or "").partition("\n")[0]
    attendees = f"{day}, {number(row['attendees'])} deltagare"
    return f"{attendees}: {comment}" if comment else attendees


def _comparison(row: Row) -> str:
    return f"{row['name']} ({row['level']}), {number(row['participants'])} deltagare"


def _questionnaire(row: Row) -> str:
    return ", ".join(label for label in (row["occasion"], row["sex"]) if label)


_TOLD: dict[str, Callable[[Row], str]] = {
    "programme_year": _programme_year,
    "goal": _goal,
    "structural_event": _structural_event,
    "comparison": _comparison,
    "questionnaire": _questionnaire,
}
LISTED = tuple(_TOLD)

"""What the association is made of: itself, its colleagues, programmes, municipalities and lists.

Colleagues, programmes and municipalities have an id that was typed: others refer to it, so it never
changes. None is ever deleted: who has stopped or what has ended stays in what has been done.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from finsam_tui.storage import follow_ups, lists, own_codes
from finsam_tui.storage.staff import COORDINATOR, READER
from finsam_tui.text import plural

if TYPE_CHECKING:
    from datetime import date

    from finsam_tui.forms.field import Context, Value, Values
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id

OWN = "association"
NAMED = ("staff", "programme", "municipality")
FORMS = (OWN, *NAMED, own_codes.CODE)

# Whether another coordinator stays who can do what this one can: work, and unlock if this one does.
_LAST = """
SELECT 1 FROM staff AS s
WHERE s.id = :id AND s.role = :role AND s.active = 1 AND NOT EXISTS (
    SELECT 1 FROM staff AS other
    WHERE other.id <> s.id AND other.role = s.role AND other.active = 1
        AND (other.slot IS NOT NULL OR s.slot IS NULL)
)
"""


def facts(conn: Connection, table: str, record_id: Id) -> dict[str, Value]:
    """Return what the rules ask about a record of one of the tables in `NAMED`; id 0 is a new one.

    `ids` and `names` are the others', `open` the enrolments that are not closed.
    """
    others = conn.execute(f"SELECT id, name FROM {table} WHERE id <> ?", (record_id,)).fetchall()
    known: dict[str, Value] = {
        "stored": int(bool(record_id)),
        "itself": record_id or None,
        "ids": tuple(str(id).casefold() for id, _ in others),
        "names": tuple(str(name).casefold() for _, name in others),
    }
    if table != "municipality":
        sql = f"SELECT count(*) FROM enrolment WHERE {table} = ? AND end_date IS NULL"
        left = int(conn.execute(sql, (record_id,)).fetchall()[0][0])
        known |= {"open": left, "has_open": int(left > 0)}
    if table == "staff":
        last = conn.execute(_LAST, {"id": record_id, "role": COORDINATOR}).fetchone()
        readers = conn.execute("SELECT id FROM staff WHERE role = ?", (READER,)).fetchall()
        known |= {
            "last_coordinator": int(last is not None),
            "managers": tuple(str(id) for (id,) in readers),
        }
    return known


def hand_over(conn: Connection, staff: Id, values: Values, _context: Context) -> None:
    """Give the open enrolments of somebody who has stopped their new coach, if one was chosen."""
    if values.get("active") == 0 and values.get("successor") is not None:
        conn.execute(
            "UPDATE enrolment SET staff = ?, version = version + 1"
            " WHERE staff = ? AND end_date IS NULL",
            (values["successor"], staff),
        )


def phone_again(conn: Connection, programme: Id, _values: Values, _context: Context) -> None:
    """Those who were closed are phoned after the months that the programme now has."""
    follow_ups.schedule(conn, programme=str(programme))


def left_behind(register: Register, staff: Id, today: date) -> str:
    """Return in words what is still to be done for somebody who has stopped; "" if nothing is."""
    (row,) = lists.rows(register, "staff", today, only=staff)
    if row["active"]:
        return ""
    told = []
    if row["enrolments"]:
        open_ones = plural(row["enrolments"], "öppen inskrivning", "öppna inskrivningar")
        told.append(f"{open_ones} har ingen ny coach: öppna raden och välj en.")
    if row["calls"]:
        calls = plural(row["calls"], "samtal att ringa", "samtal att ringa")
        told.append(f"{calls}, nu eller senare, ligger i allas kö.")
    if row["slot"] is not None:
        remove = f"finsam nyckel remove {shlex.quote(row['slot'])}"
        told.append(f"Nyckeln öppnar fortfarande registret: {remove}")
    return " ".join(["Medarbetaren har slutat.", *told]) if told else ""

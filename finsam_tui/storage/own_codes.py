"""What an association does with its code lists: sees them, adds, renames, orders and hides.

A code is never deleted and its key never changes, for answers refer to it. The key of a new one is
made from its label, and begins so that no code of a later version has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from finsam_tui.errors import InputError
from finsam_tui.forms.code_rules import STEP, UNIT, spot
from finsam_tui.storage.lists import Line
from finsam_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.forms.field import Context, Value, Values
    from finsam_tui.storage.driver import Connection, Row
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id

CODE = "code"
LISTS = "code_list"
OWN = "own_"  # what the key of an added code begins with
_LONGEST = 50  # letters of a key that are made from a label

# Where answers of the lists lie whose codes cannot be moved about once they are used.
_USED = {
    STEP: "SELECT EXISTS (SELECT 1 FROM assessment WHERE step = ?)",
    UNIT: "SELECT EXISTS (SELECT 1 FROM referral WHERE unit = ?)",
}


def overview(register: Register) -> list[Line]:
    """Return the lists that may be changed, a line each."""
    return [_list_line(row) for row in register.rows("code_lists")]


def lines(register: Register, name: str) -> list[Line]:
    """Return the codes of a list in their order, those of a party together."""
    rows = register.rows("code_list", list=name)
    return [_line(place, row) for place, row in enumerate(rows, start=1)]


def facts(conn: Connection, record_id: Id, values: Values | None) -> dict[str, Value]:
    """Return what the rules ask of a code; id 0 is a new one, and `values` those to be saved."""
    every = conn.execute("SELECT id, list, parent, label FROM code WHERE active = 1").fetchall()
    (steps,) = conn.execute("SELECT count(*) FROM code WHERE list = ?", (STEP,)).fetchall()[0]
    row = conn.execute("SELECT * FROM code WHERE id = ?", (record_id,)).fetchone()
    known: dict[str, Value] = {
        "stored": int(row is not None),
        "spots": tuple(spot(*place) for id_, *place in every if id_ != record_id),
        "places": steps + (row is None or row["list"] != STEP),
    }
    if row is not None:
        used = _USED.get(row["list"])
        known |= {name: row[name] for name in ("list", "parent", "positive", "level")}
        known |= {
            "itself": row["key"],
            "others": sum(row["list"] == name != "" for id_, name, *_ in every if id_ != record_id),
            "used": conn.execute(used, (row["key"],)).fetchall()[0][0] if used else 0,
        }
    elif values is not None:
        known |= _new(conn, str(values.get("list")), str(values.get("label")))
    return known


def settle(conn: Connection, saved: Id, values: Values, _context: Context) -> None:
    """Make room on the ladder for a step at the place it was given; the others keep their order."""
    if values.get("list") != STEP:
        return
    rows = conn.execute(
        "SELECT id, level, sort FROM code WHERE list = ? AND id <> ? ORDER BY level, sort",
        (STEP, saved),
    ).fetchall()
    steps = [row["id"] for row in rows]
    steps.insert(cast("int", values["level"]) - 1, saved)
    for level, step in enumerate(steps, start=1):
        # Whoever has the form of another step open is told that its place is not what it was.
        conn.execute(
            "UPDATE code SET level = :level, sort = :level, version = version + (id <> :saved)"
            " WHERE id = :step AND (level IS NOT :level OR sort <> :level)",
            {"level": level, "step": step, "saved": saved},
        )


def move(conn: Connection, record_id: Id, by: int) -> bool:
    """Let a code and the one before it (-1) or after it (1) change places, within its party.

    Returns whether there was one. Its form does not hold the order, so that no version counts it.
    """
    found = conn.execute(
        "SELECT id, list, parent, sort FROM code"
        " WHERE list = (SELECT list FROM code WHERE id = ?) ORDER BY sort, key",
        (record_id,),
    ).fetchall()
    order = [each["id"] for each in found]
    own = found[order.index(record_id)]
    if own["list"] == STEP:
        raise InputError("Platsen på trappan ändras i stegets formulär: Enter.")
    near = [each["id"] for each in found if each["parent"] == own["parent"]]
    place = near.index(record_id) + by
    if not 0 <= place < len(near):
        return False
    here, there = order.index(record_id), order.index(near[place])
    order[here], order[there] = order[there], order[here]
    before = {each["id"]: each["sort"] for each in found}
    changed = [(n, id_) for n, id_ in enumerate(order, start=1) if before[id_] != n]
    conn.executemany("UPDATE code SET sort = ? WHERE id = ?", changed)
    return True


def _new(conn: Connection, name: str, label: str) -> Mapping[str, Value]:
    """Return the key and the place of a code that is added at the end of a list."""
    rows = conn.execute("SELECT key, sort FROM code WHERE list = ?", (name,)).fetchall()
    return {
        "key": key_of(label, [row["key"] for row in rows]),
        "sort": max((row["sort"] for row in rows), default=0) + 1,
    }


def key_of(label: str, taken: Sequence[str]) -> str:
    """Return a key made from a label that is none of those taken."""
    word = OWN + (re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:_LONGEST] or "kod")
    key, number = word, 1
    while key in taken:
        number += 1
        key = f"{word}_{number}"
    return key


def _list_line(row: Row) -> Line:
    hidden = f"{row['hidden']} används inte" if row["hidden"] else ""
    return Line(row["key"], str(row["used"]), row["label"], hidden)


def _line(place: int, row: Row) -> Line:
    told = [
        "" if row["active"] else "används inte",
        row["party"] or "",
        "positivt steg" if row["positive"] else "",
    ]
    return Line(row["id"], str(place), row["label"], ", ".join(part for part in told if part))

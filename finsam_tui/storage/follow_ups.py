"""Scheduling of the telephone follow-ups: a closure brings them about, and its date moves them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.domain.follow_up import FINAL, due_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.storage.driver import Connection, Row

# One row: a call that a closed enrolment should have, with the one that it has, not yet done.
_WANTED = f"""
SELECT enrolment.id, months.months, enrolment.end_date, follow_up.id, follow_up.due_date
FROM enrolment
JOIN participant ON participant.id = enrolment.participant_id
JOIN programme_follow_up AS months ON months.programme_id = enrolment.programme
LEFT JOIN follow_up ON follow_up.enrolment_id = enrolment.id AND follow_up.months = months.months
WHERE enrolment.end_date IS NOT NULL AND participant.registration <> 'anonymous'
    AND (follow_up.outcome IS NULL
        OR follow_up.outcome NOT IN ({", ".join(f"'{outcome}'" for outcome in sorted(FINAL))}))
    AND enrolment.id BETWEEN ? AND ? AND ? IN ('', enrolment.programme)
"""
# Calls nobody has made, of enrolments that are open again.
_UNDUE = """
DELETE FROM follow_up WHERE outcome IS NULL
    AND enrolment_id IN (SELECT id FROM enrolment WHERE end_date IS NULL AND id BETWEEN ? AND ?)
"""
_ADD = "INSERT INTO follow_up (enrolment_id, months, due_date) VALUES (?, ?, ?)"
_MOVE = "UPDATE follow_up SET due_date = ?, version = version + 1 WHERE id = ?"
_BLOCK = 20_000  # enrolments whose calls are worked out together


def schedule(conn: Connection, enrolment_id: int | None = None, programme: str = "") -> int:
    """Make calls match closures: one enrolment's, a programme's or all; return how many changed.

    Missing ones are added, undone ones moved with the closure date, and removed (where nobody has
    called yet) when the enrolment is open again; a done one is kept as it is. Inside a write
    transaction. What is added has ids above all that were there.
    """
    first = last = enrolment_id
    if first is None or last is None:
        first, last = conn.execute("SELECT min(id), max(id) FROM enrolment").fetchall()[0]
        if first is None:
            return 0
    changed = 0
    for start in range(first, last + 1, _BLOCK):
        end = min(start + _BLOCK - 1, last)
        new, moved = _changes(conn.execute(_WANTED, (start, end, programme)))
        conn.executemany(_ADD, new)
        conn.executemany(_MOVE, moved)
        changed += len(new) + len(moved)
    return changed + conn.execute(_UNDUE, (first, last)).rowcount


def _changes(rows: Iterable[Row]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Return the calls to add (enrolment, months, due) and to move (due, call)."""
    new: list[tuple[object, ...]] = []
    moved: list[tuple[object, ...]] = []
    for enrolment, months, end, call, due in rows:
        wanted = due_date(date.fromisoformat(end), int(months)).isoformat()
        if call is None:
            new.append((enrolment, months, wanted))
        elif due != wanted:
            moved.append((wanted, call))
    return new, moved

"""The call queue: whom to phone now, in the order to phone them.

First callbacks whose time has come; then calls in their window, the one that closes soonest first;
then those past it, which still count but as late; then whom nobody reached earlier today; and last
those who need a new number. Calls not yet due, callbacks for later, and calls so long past their
window that the answer would be about another time, are not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from finsam_tui.domain import follow_up
from finsam_tui.storage.stored import day, moment

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register

State = Literal["callback", "due", "overdue", "late"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call to make.

    `name` is "Eva Andersson" or a placeholder, as lists have it; `months` 6, 18 or 24 after the
    closure `closed`; `due` its day and `closes` the last of its window. `last_outcome` is in
    Swedish, `tried` the day of it.
    """

    follow_up_id: int
    enrolment_id: int
    participant_id: int
    state: State
    name: str
    phone: str | None
    needs_number: bool
    interpreter: bool
    programme: str
    coach: str | None
    months: int
    closed: date
    due: date
    closes: date
    callback_at: datetime | None
    attempts: int
    last_outcome: str | None
    tried: date | None


@dataclass(frozen=True, slots=True)
class CallCounts:
    """How many calls there are to make: `due` are in good time, `late` past their window."""

    callback: int
    due: int
    overdue: int
    late: int

    @property
    def total(self) -> int:
        """All that can be made now."""
        return self.callback + self.due + self.overdue + self.late


def calls(
    register: Register, now: datetime, *, staff: str | None = None, limit: int, offset: int = 0
) -> list[Call]:
    """Return the calls to make `now`, in calling order; `staff` narrows to one coach's own."""
    rows = register.rows(
        "calls", **_when(now), staff=staff, limit=limit, offset=offset, most=limit + offset
    )
    return [_call(row, now) for row in rows]


def call_counts(register: Register, now: datetime, *, staff: str | None = None) -> CallCounts:
    """Return how many calls `calls` would give without a limit."""
    (row,) = register.rows("calls_count", **_when(now), staff=staff)
    return CallCounts(row["callback"], row["due"], row["overdue"], row["late"])


def next_call(
    register: Register, now: datetime, *, staff: str | None = None, skipped: Collection[int] = ()
) -> Call | None:
    """Return the first call of the queue whose id is not among those `skipped`; None if done."""
    queue = calls(register, now, staff=staff, limit=len(skipped) + 1)
    return next((call for call in queue if call.follow_up_id not in skipped), None)


def _when(now: datetime) -> dict[str, str]:
    today = now.date()
    due = follow_up.due_dates(today)
    return {
        "now": now.isoformat(timespec="minutes"),
        "today": today.isoformat(),
        "first_due": due.first.isoformat(),
        "last_due": due.last.isoformat(),
        "oldest_due": follow_up.oldest_due(today).isoformat(),
    }


def _call(row: Row, now: datetime) -> Call:
    due = date.fromisoformat(row["due_date"])
    return Call(
        follow_up_id=row["id"],
        enrolment_id=row["enrolment_id"],
        participant_id=row["participant_id"],
        state="callback" if row["rank"] == 0 else _state(due, now.date()),
        name=row["name"],
        phone=row["phone"],
        needs_number=row["outcome"] == "number_changed" or not row["reachable"],
        interpreter=row["interpreter"] == 1,
        programme=row["programme"],
        coach=row["coach"],
        months=int(row["months"]),
        closed=date.fromisoformat(row["end_date"]),
        due=due,
        closes=follow_up.window(due).last,
        callback_at=moment(row["callback_at"]),
        attempts=row["attempts"],
        last_outcome=row["last_outcome"],
        tried=day(row["tried"]),
    )


def _state(due: date, today: date) -> State:
    if follow_up.is_late(today, due):
        return "late"
    return "overdue" if due < today else "due"

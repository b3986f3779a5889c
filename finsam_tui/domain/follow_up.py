"""The telephone follow-up: when it is due, how long the call is open, and what is left to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from finsam_tui.domain.dates import add_months
from finsam_tui.domain.periods import Period

if TYPE_CHECKING:
    from datetime import date

# Outcomes after which nobody calls again; after the others the call stays in the queue.
FINAL = frozenset({"answered", "declined", "no_consent", "gone"})
# Outcomes that take somebody out of the sample: the response rate is counted without them.
OUTSIDE_SAMPLE = frozenset({"no_consent", "gone"})

OPENS, CLOSES = -1, 2  # months from the due date
GIVEN_UP = 8  # months from the due date after which nobody is phoned any more: it is another time

State = Literal["upcoming", "open", "overdue", "done", "passed"]


def due_date(closure: date, months: int) -> date:
    """Return the day a follow-up falls due, `months` after the closure."""
    return add_months(closure, months)


def window(due: date) -> Period:
    """Return the days on which the call is to be made."""
    return Period(add_months(due, OPENS), add_months(due, CLOSES))


def due_dates(today: date) -> Period:
    """Return the due dates of the calls to make `today`: those in whose window it lies."""
    first, last = add_months(today, -CLOSES), add_months(today, -OPENS)
    while window(first).last < today:  # two months before 30 April is 28 February, and not back
        first += timedelta(days=1)
    while today in window(last + timedelta(days=1)):  # 29–31 March all open on 28 February
        last += timedelta(days=1)
    return Period(first, last)


def oldest_due(today: date) -> date:
    """Return the due date of the latest calls that still count when made `today`, if as late."""
    return add_months(today, -GIVEN_UP)


def state(due: date, outcome: str | None, today: date) -> State:
    """Return how a follow-up stands; `outcome` is the last attempt's, None before the first.

    Overdue is past its day while the window is open; passed is past the window, unanswered.
    """
    if outcome in FINAL:
        return "done"
    days = window(due)
    if today < days.first:
        return "upcoming"
    if today > days.last:
        return "passed"
    return "overdue" if today > due else "open"


def is_late(called: date, due: date) -> bool:
    """Return whether a call came after the window; it counts as an answer all the same."""
    return called > window(due).last

"""Which copies of the register are kept, and what speaks against letting any go.

A copy is known by the time in its name, UTC. Nothing here looks at the clock or at a file.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

# The newest copy of each of so many days, weeks and months that have one: a clock that runs ahead
# makes a span of its own, and pushes out one copy, not all that are "too old".
_SPANS: tuple[tuple[Callable[[datetime], object], int], ...] = (
    (datetime.date, 7),
    (lambda moment: moment.isocalendar()[:2], 5),
    (lambda moment: (moment.year, moment.month), 12),
)

# Clocks are corrected by a little all the time.
DRIFT = timedelta(minutes=5)

# What a register is kept for; rows of these are not lost by the dozen.
CORE = (
    *("participant", "referral", "enrolment", "assessment", "ors", "screening", "follow_up"),
    *("attempt", "plan", "note"),
)


def kept(times: Iterable[datetime]) -> set[datetime]:
    """Return those of the times whose copies stay; the latest is always among them."""
    ordered = sorted(times, reverse=True)
    stay: set[datetime] = set()
    for span, count in _SPANS:
        newest: dict[object, datetime] = {}
        for moment in ordered:
            newest.setdefault(span(moment), moment)
        stay.update(list(newest.values())[:count])
    return stay


def went_back(times: Iterable[datetime], now: datetime) -> bool:
    """Return whether a copy comes from the future: the clock was wrong then, or is wrong now."""
    return any(moment - now > DRIFT for moment in times)


def shrunk(
    before: Mapping[str, int], after: Mapping[str, int], erased: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the core tables that have lost over a fifth of their rows, but for those erased.

    All are table → rows; erased are those of the time between.
    """
    lost = {t: before.get(t, 0) - after.get(t, 0) - erased.get(t, 0) for t in CORE}
    return tuple(table for table in CORE if 5 * lost[table] > before.get(table, 0))

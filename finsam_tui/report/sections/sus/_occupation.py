"""What the people of closed enrolments did at start and at closure, read from one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from finsam_tui.report.scope import Record

QUERY = "report_sus_occupation"

# What the sums of the query are made of.
WORK, SUBSIDISED_WORK, STUDIES, JOB_SEEKING = 1, 2, 4, 8
EMPLOYED = WORK | SUBSIDISED_WORK
BUSY = EMPLOYED | STUDIES  # works or studies

START, CLOSURE = "at_start", "at_closure"


def count(rows: Iterable[Record], when: str, is_it: Callable[[int], bool]) -> int:
    """Return the enrolments of which it is known what was done `when`, and that `is_it`."""
    return sum(row["enrolments"] for row in rows if row[when] is not None and is_it(row[when]))


def any_of(kinds: int) -> Callable[[int], bool]:
    """Return what asks whether one of `kinds`, a sum of the above, was done."""
    return lambda done: bool(done & kinds)


def unknown(rows: Iterable[Record], when: str) -> int:
    """Return the enrolments of which it is not known."""
    return sum(row["enrolments"] for row in rows if row[when] is None)

"""Tables of what was at start beside what is at closure, laid out and shared out as SUS did it.

SUS's shares at closure are of all that there is, answers that are missing among it. Its series live
on here, so its shares do, too; a note says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Table
from finsam_tui.report.sections._common import ALL, GROUP, change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.report.model import Cell


class Line(NamedTuple):
    """A row: how many at start and at closure; None where there can be nobody at start.

    What is at start can be `outside` the whole: then it is in no share, and there is no change.
    """

    key: str
    label: str
    before: int | None
    after: int
    rare: bool = False
    outside: bool = False


def table(id: str, lines: Iterable[Line], whole: tuple[int, int], *, by: str) -> Table:
    """Return the lines with shares of `whole` (before, after), which stands as the total."""
    before, after = whole
    total = ("Slutsumma", before, share(before, before), after, share(after, after))
    return Table(
        id,
        _columns(by),
        tuple(Row(ln.key, _cells(ln, before, after), rare=ln.rare) for ln in lines),
        total=Row(ALL, (*total, *change(before, after))),
        by=by,
    )


def at_start(by: str) -> str:
    """Return the population that is told apart by what it had or did at start."""
    return f"closed.{by}_start"


def at_closure(by: str) -> str:
    """Return the population that is told apart, as `closure`, by what it had or did then."""
    return f"closed.{by}_closure"


def _columns(by: str) -> tuple[Column, ...]:
    both = ("after", "before")
    return (
        GROUP,
        Column("before", "Före", of=at_start(by)),
        Column("share_before", "Andel", "share", made_of=("before",)),
        Column("after", "Efter", of=at_closure(by), by="closure"),
        Column("share_after", "Andel", "share", made_of=("after",)),
        Column("change", "Förändring", "number", made_of=both),
        Column("change_share", "i %", "share", made_of=both),
    )


def _cells(line: Line, before: int, after: int) -> tuple[Cell, ...]:
    known = None if line.outside else line.before
    return (
        line.label,
        line.before,
        None if known is None else share(known, before),
        line.after,
        share(line.after, after),
        *((None, None) if known is None else change(known, line.after)),
    )

"""Tables of what was at start beside what is at closure, laid out and shared out as SUS did it.

SUS took the shares before of what is known at start, but those after of all that there is, answers
that are missing among it. Its series live on here, so its shares do, too; a note says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Table
from finsam_tui.report.sections._common import ALL, GROUP, MISSING_KEY, change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.report.model import Cell

SHARES_NOTE = (
    "Andel före är av det som är känt vid start, andel efter av allt, även det som saknas: så "
    "räknade SUS. Det som saknas vid start står utanför slutsumman."
)


class Line(NamedTuple):
    """A row: how many at start and at closure; None where one of them cannot be asked for."""

    key: str
    label: str
    before: int | None
    after: int
    rare: bool = False


def table(id: str, lines: Iterable[Line], whole: tuple[int, int], *, of: str, by: str) -> Table:
    """Return the lines with shares of `whole` (before, after), which stands as the total.

    What is missing at start is in no share, and there is no change of it.
    """
    before, after = whole
    total = ("Slutsumma", before, share(before, before), after, share(after, after))
    return Table(
        id,
        _columns(by),
        tuple(Row(ln.key, _cells(ln, before, after), rare=ln.rare) for ln in lines),
        total=Row(ALL, (*total, *change(before, after))),
        of=of,
        by=by,
    )


def at_start(by: str) -> tuple[str, ...]:
    """Return the fact that narrows a count to what was at start."""
    return (f"{by}_start",)


def _columns(by: str) -> tuple[Column, ...]:
    both = ("after", "before")
    return (
        GROUP,
        Column("before", "Före", within=at_start(by)),
        Column("share_before", "Andel", "share", made_of=("before",)),
        Column("after", "Efter", within=(f"{by}_closure",)),
        Column("share_after", "Andel", "share", made_of=("after",)),
        Column("change", "Förändring", "number", made_of=both),
        Column("change_share", "i %", "share", made_of=both),
    )


def _cells(line: Line, before: int, after: int) -> tuple[Cell, ...]:
    known = None if line.key == MISSING_KEY else line.before
    return (
        line.label,
        line.before,
        None if known is None else share(known, before),
        line.after,
        share(line.after, after),
        *((None, None) if known is None else change(known, line.after)),
    )

"""Tables of what counties and associations have published of a year, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Column, Row, Table
from finsam_tui.report.sections._common import ALL, GROUP, without
from finsam_tui.text import alphabetic, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from finsam_tui.report.scope import Record

# The figures of a line, with what they are called.
FIGURES = {
    "programmes": "Insatser",
    "budget_participants": "Budget deltagare",
    "participants": "Deltagare",
    "started": "Nya",
    "closed": "Avslutade",
    "anonymous": "Nya anonyma",
    "budget_volume": "Budget volym",
    "volume": "Volym",
}
# No counts of the register, so none of them is hidden.
_COLUMNS = (GROUP, *(Column(key, label, "number") for key, label in FIGURES.items()))


def of_level(rows: Iterable[Record], level: str) -> list[Record]:
    """Return the lines of a level, those with the most participants first."""
    found = [row for row in rows if row["level"] == level]
    return sorted(found, key=lambda row: (-(row["participants"] or 0), alphabetic(row["name"])))


def published(id: str, lines: Sequence[Record]) -> Iterator[Table]:
    """Yield the lines, if any, and their sums, without columns that nobody has a figure for."""
    if not lines:
        return
    together = sums(lines)
    rows = [Row(line["name"], (line["name"], *(line[key] for key in FIGURES))) for line in lines]
    total = Row(ALL, ("Totalt", *together.values()))
    table = Table(id, _COLUMNS, tuple(rows), total=total, adds=True)
    yield without(table, *(key for key, figure in together.items() if figure is None))


def sums(lines: Sequence[Record]) -> dict[str, int | None]:
    """Return the sums of what is known; None where nothing is."""
    return {key: sum_known(line[key] for line in lines) for key in FIGURES}


def sum_known(figures: Iterable[int | None]) -> int | None:
    """Return the sum of the figures there are; None where there are none."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def same(name: str, other: str | None) -> bool:
    """Return whether two names are of one county or association; "län" may be left out."""
    one, two = (fold(text).removesuffix(" lan") for text in (name, other or ""))
    return one == two

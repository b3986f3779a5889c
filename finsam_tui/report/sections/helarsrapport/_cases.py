"""Lists of single cases, without names: a number each, what is coded, and what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Column, Row, Table, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Cell

_NUMBER = Column("group", "Nr", "text")
_WRITTEN = "Det som står i fritext kan röra enskilda; listan följer inte med ut ur förbundet."


def cases(id: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], title: str) -> Table:
    """Return a list of cases in their order; only what was written can say who they are."""
    lines = (Row(str(place), (str(place), *cells)) for place, cells in enumerate(rows, 1))
    return Table(id, (_NUMBER, *columns), tuple(lines), title=title, cases=True)


def case_notes(listed: int, every: int, sums: str, row: str) -> tuple[str | Told, ...]:
    """Return what to know of a list, and that it has but the first of what is counted in `sums`."""
    if listed == every:
        return (_WRITTEN,) if listed else ()
    return _WRITTEN, Told("Listan visar de första av {count}.", sums, row)

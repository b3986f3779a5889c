"""What a chart shows, read from its table: the same figures for every way of drawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.model import Hidden
from finsam_tui.text import safe

if TYPE_CHECKING:
    from finsam_tui.report.model import Cell, Chart, Column, Row, Section, Table

MISSING = "missing"  # the key of a row about those without an answer


class Series(NamedTuple):
    """The values of one column, None where there is none or it is hidden."""

    name: str
    values: tuple[float | None, ...]


class Drawn(NamedTuple):
    """A chart with its figures: a label a row, a series a column; `column` tells their format."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    column: Column

    @property
    def largest(self) -> float:
        """The largest value, 0 of none."""
        return max((v for s in self.series for v in s.values if v is not None), default=0)


def drawn(section: Section, chart: Chart) -> Drawn | None:
    """Return a chart with its figures; None where there is nothing above nought to draw."""
    table = next(table for table in section.tables if table.id == chart.table)
    rows = drawn_rows(table)
    columns = _places(table, chart)
    made = Drawn(
        title=safe(chart.title or table.title or section.title),
        labels=tuple(safe(str(row.cells[0])) for row in rows),
        series=tuple(
            Series(safe(table.columns[n].label), tuple(_value(row.cells[n]) for row in rows))
            for n in columns
        ),
        column=table.columns[columns[0]],
    )
    return made if made.largest > 0 else None


def drawn_rows(table: Table) -> list[Row]:
    """Return the rows of a table that its charts draw."""
    return [r for r in table.rows if r.key != MISSING and not (r.rare and not any(r.cells[1:]))]


def _places(table: Table, chart: Chart) -> list[int]:
    keys = [column.key for column in table.columns]
    return [keys.index(key) for key in chart.columns]


def _value(cell: Cell) -> float | None:
    return None if cell is None or isinstance(cell, (str, Hidden)) else cell

"""A table as lines of text: labels to the left, broken where they must be, figures to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report import telling
from finsam_tui.report.render.lines import left, line, right, width, wrap
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.report.model import Cell, Column, Row, Table
from finsam_tui.report.render.lines import Line, Style

_WIDE, _NARROW = 2, 1  # blanks before a figure: fewer where labels would not have room
_LABEL_LEAST = 6
_DEPTH = " "


def shown(cell: Cell, column: Column) -> str:
    """Return a cell as it is read: 1 234, 12,3 %, – where there is no figure, .. where hidden."""
    return safe(telling.shown(cell, column))


def table_lines(table: Table, columns: int) -> Iterator[Line]:
    """Yield the lines of a table that is `columns` wide; none where it has no rows to show."""
    rows = [row for row in table.rows if not _is_silent(row)]
    if not rows:
        return
    figures = {row.key: _figures(row, table) for row in (*rows, *_total(table))}
    heads = [safe(column.label) for column in table.columns[1:]]
    least = [max(map(width, texts)) for texts in zip(heads, *figures.values(), strict=True)]
    longest = max(width(str(row.cells[0])) + row.depth for row in rows)
    gap = _WIDE if columns >= longest + sum(least) + _WIDE * len(least) else _NARROW
    widths = [gap + figure for figure in least]
    label = max(columns - sum(widths), _LABEL_LEAST)
    if table.title:
        yield line(safe(table.title), "column")
    if any(heads):
        yield line(" " * label + _aligned(heads, widths), "column")
    for row in rows:
        yield from _row_lines(row, label, _aligned(figures[row.key], widths))
    for row in _total(table):
        yield from _row_lines(row, label, _aligned(figures[row.key], widths), "total")


def _is_silent(row: Row) -> bool:
    """Return whether a rare row has nothing to tell."""
    return row.rare and not any(row.cells[1:])


def _total(table: Table) -> tuple[Row, ...]:
    return (table.total,) if table.total else ()


def _figures(row: Row, table: Table) -> list[str]:
    pairs = zip(row.cells[1:], table.columns[1:], strict=True)
    return [shown(cell, column) for cell, column in pairs]


def _aligned(figures: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(map(right, figures, widths))


def _row_lines(row: Row, label: int, figures: str, style: Style = "") -> Iterator[Line]:
    """Yield the label, over as many lines as it needs, the figures on the last of them."""
    indent = _DEPTH * row.depth
    name = safe(str(row.cells[0]))
    *above, last = wrap(name, label - len(indent), indent=_DEPTH)
    for part in above:
        yield line(indent + part, style)
    yield line(left(indent + last, label) + figures, style)

"""A section as a sheet: what it says on top, then its tables, charts beside them, notes below."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from finsam_tui.report import charting
from finsam_tui.report.render import _xlsx_cells as cells
from finsam_tui.report.render import words
from finsam_tui.report.render._xlsx_chart import WIDTH, Source, add_chart, height
from finsam_tui.report.render.lines import width, wrap
from finsam_tui.report.render.svg import described

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from finsam_tui.report.model import Chart, Column, Row, Section, Table
    from finsam_tui.report.render._xlsx_cells import Look, Looks

_LINE = 92  # characters of a line of text, each as wide as a figure
LETTER = 1.1  # letters take less room than figures
_LEAST, _MOST, _LABELS = 9, 42, 24  # characters of a column; the last at least of the first one
_ROOM, _STANDING = 75, 125  # characters of what leaves room for charts, of what fits on paper
_ROW_PIXELS = 20
_MOST_LINES = 20  # of text in a cell: Excel shows no row higher than 409 points


class Sheet:
    """A sheet written from the top down; `row` is the next to write, `widths` its columns."""

    def __init__(self, book: Workbook, looks: Looks, name: str, tables: Sequence[Table]) -> None:
        self.book, self.looks, self.name = book, looks, name
        self.sheet: Worksheet = book.add_worksheet(name)
        self.row = 0
        self._clear = 0  # the first row that no chart covers
        self.widths = _widths(tables)
        self._beside = len(self.widths)
        self.wide = sum(self.widths) > _ROOM  # too much for charts to stand beside it
        self.lies = sum(self.widths) > _STANDING
        while sum(self.widths) < _LINE:
            self.widths.append(_LEAST)
        self._across = next(
            n for n in range(len(self.widths)) if sum(self.widths[: n + 1]) >= _LINE
        )
        for place, wide in enumerate(self.widths):
            self.sheet.set_column(place, place, wide)

    def heading(self, text: str) -> None:
        """Write the title of the sheet."""
        self.sheet.set_row(self.row, cells.HEADING_HEIGHT)
        self.sheet.write_string(self.row, 0, cells.plain(text), self.looks.of(cells.HEADING))
        self.row += 1

    def text(self, text: str, look: Look | None = None) -> None:
        """Write a paragraph over as many lines as it needs, and over more cells if it is long."""
        made = self.looks.of(cells.WRAPPED, look or {})
        lines = wrap(text, round(LETTER * sum(self.widths[: self._across + 1])))
        for start in range(0, len(lines), _MOST_LINES):
            part = lines[start : start + _MOST_LINES]
            self.sheet.merge_range(self.row, 0, self.row, self._across, "", made)
            self.sheet.write_string(self.row, 0, cells.plain(" ".join(part)), made)
            self.sheet.set_row(self.row, cells.ROW_HEIGHT * len(part))
            self.row += 1

    def table(self, table: Table) -> int:
        """Write a table after an empty row, and return the row above its first."""
        self.row += 1
        if table.title:
            title = cells.plain(table.title)
            self.sheet.write_string(self.row, 0, title, self.looks.of(cells.STRONG))
            self.row += 1
        sides = [_side(table, place) for place in range(len(table.columns))]
        if any(column.label for column in table.columns):
            for place, (column, side) in enumerate(zip(table.columns, sides, strict=True)):
                look = self.looks.of(cells.COLUMN, side)
                cells.put(self.sheet, (self.row, place), column.label, column, look)
            self._make_room([column.label for column in table.columns])
            self.row += 1
        head = self.row - 1
        for row in table.rows:
            self._line(row, table.columns, sides, {})
        if table.total:
            self._line(table.total, table.columns, sides, cells.TOTAL)
        return head

    def _line(self, row: Row, columns: Sequence[Column], sides: Sequence[Look], look: Look) -> None:
        several = self._make_room(list(map(words.cell, row.cells, columns)))
        of_row = (look, cells.TOP if several else {})
        for place, (cell, column, side) in enumerate(zip(row.cells, columns, sides, strict=True)):
            indent: Look = {"indent": row.depth} if row.depth and not place else {}
            made = self.looks.of(*of_row, side, indent, cells.kind(cell, column))
            cells.put(self.sheet, (self.row, place), cell, column, made)
        self.row += 1

    def _make_room(self, texts: Sequence[str]) -> bool:
        """Make the row as high as its texts need; return whether one has several lines.

        Not every program does so by itself.
        """
        room = zip(texts, self.widths, strict=False)
        long = ((text, wide) for text, wide in room if width(text) >= wide)
        lines = max((len(wrap(text, round(LETTER * (wide - 1)))) for text, wide in long), default=1)
        if lines > 1:
            self.sheet.set_row(self.row, min(lines, _MOST_LINES) * cells.ROW_HEIGHT)
        return lines > 1

    def chart(self, section: Section, chart: Chart, table: Table, head: int) -> None:
        """Draw a chart of the table with its headings in row `head`: beside it or, if wide, below.

        There is none where there is nothing to draw.
        """
        drawn = charting.drawn(section, chart)
        if drawn is None:
            return
        kept = {row.key for row in charting.drawn_rows(table)}
        rows = [head + n for n, row in enumerate(table.rows, 1) if row.key in kept]
        keys = [column.key for column in table.columns]
        sources = [Source(self.name, rows, keys.index(key), head) for key in chart.columns]
        made = add_chart(self.book, drawn, chart.kind, sources)
        high = height(drawn, chart.kind)
        made.set_size({"width": WIDTH, "height": high})
        at = self.row + 1 if self.wide else max(head, self._clear)
        self.sheet.insert_chart(
            at,
            0 if self.wide else self._beside,
            made,
            {"x_offset": 20, "description": described(drawn)},
        )
        self._clear = at + ceil(high / _ROW_PIXELS) + 1
        if self.wide:
            self.below()

    def below(self) -> None:
        """Go on under the tables and all charts, after an empty row."""
        self.row = max(self.row + 1, self._clear)


def _side(table: Table, place: int) -> Look:
    return cells.LEFT if words.is_prose(table, place) else cells.RIGHT


def _widths(tables: Sequence[Table]) -> list[int]:
    """Return how many characters wide each column has to be for all tables."""
    most = max((len(table.columns) for table in tables), default=0)
    found = [_LABELS] + [_LEAST] * (most - 1)
    for table in tables:
        for place, column in enumerate(table.columns):
            needed = max(_needed(table, place, column), default=0) + 2
            found[place] = max(found[place], min(needed, _MOST))
    return found


def _needed(table: Table, place: int, column: Column) -> Iterator[int]:
    """Yield how wide each cell of a column is; a heading breaks between words."""
    yield max(map(width, column.label.split()), default=0)
    yield width(column.label) // 2
    for row in (*table.rows, *words.totals(table)):
        yield width(words.cell(row.cells[place], column)) + row.depth

"""A table in Word: its head is on every page, figures are to the right, no row is cut in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.render import words
from finsam_tui.report.render._docx_paper import STANDING
from finsam_tui.report.render._docx_xml import el, paragraph, run
from finsam_tui.report.render.measure import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Row, Table
    from finsam_tui.report.render._docx_xml import Element

_SIZE, _PADDING = 180, 200  # of the letters, and of the blank around a cell
_LABELS = 2300  # of labels beside figures alone
_WHOLE = 16  # rows of a table that is kept on one page
_STYLE = "Rapporttabell"
_FIRST_ROW, _LAST_ROW, _NO_BANDS = 0x0020, 0x0040, 0x0600
_INDENT = 170


def table_element(table: Table, page: int) -> Element:
    """Return a table for a page so wide, with the rows of it that are shown to readers."""
    rows = words.shown_rows(table)
    widths = _widths(table, page)
    headed = any(column.label for column in table.columns)
    lines = [_head(table, widths)] if headed else []
    totals = words.totals(table)
    for place, row in enumerate((*rows, *totals), 1):
        keep = place < len(rows) + len(totals) <= _WHOLE
        lines.append(_line(table, row, widths, keep=keep))
    return el("w:tbl", *_properties(widths, headed=headed, total=bool(totals)), *lines)


def _properties(widths: Sequence[int], *, headed: bool, total: bool) -> tuple[Element, Element]:
    look = _NO_BANDS | (_FIRST_ROW if headed else 0) | (_LAST_ROW if total else 0)
    return el(
        "w:tblPr",
        el("w:tblStyle", val=_STYLE),
        el("w:tblW", w=sum(widths), type="dxa"),
        el("w:tblLayout", type="fixed"),
        el(
            "w:tblLook",
            val=f"{look:04X}",
            firstRow=int(headed),
            lastRow=int(total),
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
    ), el("w:tblGrid", *(el("w:gridCol", w=wide) for wide in widths))


def _head(table: Table, widths: Sequence[int]) -> Element:
    cells = [
        _cell(words.cell(column.label, column), wide, prose=words.is_prose(table, place), keep=True)
        for place, (column, wide) in enumerate(zip(table.columns, widths, strict=True))
    ]
    return el("w:tr", el("w:trPr", el("w:cantSplit"), el("w:tblHeader")), *cells)


def _line(table: Table, row: Row, widths: Sequence[int], *, keep: bool) -> Element:
    cells = [
        _cell(
            words.cell(value, column),
            wide,
            prose=words.is_prose(table, place),
            keep=keep,
            depth=0 if place else row.depth,
        )
        for place, (value, column, wide) in enumerate(
            zip(row.cells, table.columns, widths, strict=True)
        )
    ]
    return el("w:tr", el("w:trPr", el("w:cantSplit")), *cells)


def _cell(text: str, wide: int, *, prose: bool, keep: bool, depth: int = 0) -> Element:
    made = paragraph("Tabelltext" if prose else "Tabellsiffra", run(text), keep=keep)
    if depth:
        made[0].append(el("w:ind", left=depth * _INDENT))
    return el("w:tc", el("w:tcPr", el("w:tcW", w=wide, type="dxa")), made)


def is_wide(table: Table) -> bool:
    """Return whether a table needs paper that lies, for words not to be broken."""
    return sum(_least(table, place) for place in range(len(table.columns))) > STANDING


def _widths(table: Table, page: int) -> list[int]:
    """Return how wide each column is: as wide as its words, texts wider as far as there is room."""
    every = range(len(table.columns))
    given = [_least(table, place) for place in every]
    texts = {n: _natural(table, n) - given[n] for n in every if words.is_prose(table, n)}
    if len(texts) == 1:
        texts = {n: max(more, _LABELS - given[n]) for n, more in texts.items()}
    room = max(page - sum(given), 0)
    for done, place in enumerate(sorted(texts, key=lambda n: texts[n])):
        more = min(texts[place], room // (len(texts) - done))
        given[place] += more
        room -= more
    return [wide * page // max(page, sum(given)) for wide in given]


def _natural(table: Table, place: int) -> int:
    """Return how wide a column is with no line of it broken, but for its heading."""
    column = table.columns[place]
    head = words.cell(column.label, column)
    every = (*head.split(), *_texts(table, place))
    letters = max((_letters(text) for text in every), default=0)
    return max(letters, _letters(head) // 2) + _PADDING


def _least(table: Table, place: int) -> int:
    """Return how wide a column has to be: figures are not broken, nor are words."""
    if not words.is_prose(table, place):
        return _natural(table, place)
    column = table.columns[place]
    texts = (words.cell(column.label, column), *_texts(table, place))
    return max((_letters(word) for text in texts for word in text.split()), default=0) + _PADDING


def _texts(table: Table, place: int) -> list[str]:
    """Return the cells of a column as they are read."""
    rows = (*words.shown_rows(table), *words.totals(table))
    return [words.cell(row.cells[place], table.columns[place]) for row in rows]


def _letters(text: str) -> int:
    return round(text_width(text, _SIZE))

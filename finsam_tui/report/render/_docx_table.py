"""A table in Word: its head is on every page, figures are to the right, no row is cut in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.render import words
from finsam_tui.report.render._docx_xml import el, paragraph, run
from finsam_tui.report.render.measure import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Row, Table
    from finsam_tui.report.render._docx_xml import Element

PAGE = 9070  # twentieths of a point between the margins
_SIZE, _PADDING = 180, 200  # of the letters, and of the blank around a cell
_LEAST, _LABELS = 1300, 2300  # of a column of texts that has to be broken, of that of labels
_WHOLE = 16  # rows of a table that is kept on one page
_STYLE = "Rapporttabell"
_FIRST_ROW, _LAST_ROW, _NO_BANDS = 0x0020, 0x0040, 0x0600
_INDENT = 170


def table_element(table: Table, rows: Sequence[Row]) -> Element:
    """Return a table with these rows and its total."""
    widths = _widths(table, rows)
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


def _widths(table: Table, rows: Sequence[Row]) -> list[int]:
    """Return how wide each column is: figures as wide as they need, texts share what is left."""
    every = range(len(table.columns))
    natural = [_natural(table, rows, place) for place in every]
    texts = [place for place in every if words.is_prose(table, place)]
    room = PAGE - sum(natural[place] for place in every if place not in texts)
    given = dict(enumerate(natural))
    for done, place in enumerate(sorted(texts, key=lambda n: natural[n])):
        share = max(room // (len(texts) - done), _LEAST)
        given[place] = min(natural[place], share)
        room -= given[place]
    total = sum(given.values())
    return [given[n] * PAGE // total if total > PAGE else given[n] for n in every]


def _natural(table: Table, rows: Sequence[Row], place: int) -> int:
    """Return how wide a column would be with no line broken but between words of its heading."""
    column = table.columns[place]
    head = words.cell(column.label, column)
    texts = [words.cell(row.cells[place], column) for row in (*rows, *words.totals(table))]
    letters = max(text_width(text, _SIZE) for text in (*head.split(), *texts))
    wide = round(max(letters, text_width(head, _SIZE) / 2)) + _PADDING
    return wide if place else max(wide, _LABELS)

"""A table in Word: its head is on every page, figures are to the right, no row is cut in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.render import words
from finsam_tui.report.render._docx_paper import STANDING
from finsam_tui.report.render._docx_xml import el, paragraph, run
from finsam_tui.report.render.measure import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Table
    from finsam_tui.report.render._docx_xml import Element

_SIZE, _PADDING = 180, 200  # of the letters, and of the blank around a cell
_SLACK = 1.08  # letters are reckoned wider than most fonts have them
_LABELS = 2300  # of labels beside figures alone
_WHOLE = 16  # rows of a table that is kept on one page
_STYLE = "Rapporttabell"
_FIRST_ROW, _LAST_ROW, _NO_BANDS = 0x0020, 0x0040, 0x0600
_INDENT = 170


def table_element(table: Table, page: int) -> Element:
    """Return a table for a page so wide, with the rows of it that are shown to readers."""
    rows = (*words.shown_rows(table), *words.totals(table))
    widths = _widths(table, page)
    styles = [_style(table, place) for place in range(len(table.columns))]
    headed = any(column.label for column in table.columns)
    heads = [words.cell(column.label, column) for column in table.columns]
    lines = [_line(heads, widths, styles, keep=True)] if headed else []
    for line in lines:
        line[0].append(el("w:tblHeader"))
    for place, row in enumerate(rows, 1):
        texts = list(map(words.cell, row.cells, table.columns))
        keep = place < len(rows) <= _WHOLE
        lines.append(_line(texts, widths, styles, keep=keep, depth=row.depth))
    return el("w:tbl", *_properties(widths, headed=headed, total=bool(table.total)), *lines)


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


def _style(table: Table, place: int) -> str:
    return "Tabelltext" if words.is_prose(table, place) else "Tabellsiffra"


def _line(
    texts: Sequence[str],
    widths: Sequence[int],
    styles: Sequence[str],
    *,
    keep: bool,
    depth: int = 0,
) -> Element:
    """Return a row, `keep` on the page of the next one."""
    made = [
        paragraph(style, run(text), keep=keep) for text, style in zip(texts, styles, strict=True)
    ]
    if depth:
        made[0][0].append(el("w:ind", left=depth * _INDENT))
    cells = (
        el("w:tc", el("w:tcPr", el("w:tcW", w=wide, type="dxa")), text)
        for text, wide in zip(made, widths, strict=True)
    )
    return el("w:tr", el("w:trPr", el("w:cantSplit")), *cells)


def is_wide(table: Table) -> bool:
    """Return whether a table needs paper that lies, for words not to be broken."""
    least = sum(_least(table, place) for place in range(len(table.columns)))
    return least > _SLACK * STANDING


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

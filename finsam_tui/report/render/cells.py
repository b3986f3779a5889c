"""A table as lines of text: figures to the right, texts to the left and broken where they must be.

One that is wider than the paper is laid out in parts below each other, each with some of the
columns beside the labels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.render import words
from finsam_tui.report.render.blocks import Block
from finsam_tui.report.render.lines import left, line, right, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.report.model import Row, Table
    from finsam_tui.report.render.lines import Line, Style

_WIDE, _NARROW = 2, 1  # blanks before a column: fewer where labels would not have room
_TEXT_LEAST = 12  # what a column of texts can do with
_WORD_MOST = 20  # a word that is longer may be cut
_DEPTH = " "
_FIGURES_MOST = 64  # a figure far from its label is hard to find


class _Laid(NamedTuple):
    """A column and how wide it is, would like to be, and must be."""

    place: int
    head: str
    prose: bool
    natural: int
    least: int
    width: int = 0


def table_blocks(table: Table, columns: int, gap: int = 1) -> list[Block]:
    """Return a table on paper `columns` wide as blocks; none where it has no rows to show."""
    rows = words.shown_rows(table)
    if not rows:
        return []
    label, *others = (_column(table, place, rows) for place in range(len(table.columns)))
    prose = any(column.prose for column in others)
    natural = label.natural + sum(_WIDE + column.natural for column in others)
    columns = columns if prose else min(columns, max(_FIGURES_MOST, natural))
    made = []
    for number, group in enumerate(_groups(label, others, columns, prose=prose)):
        laid, space = _widths(label, group, columns, prose=prose)
        title = words.cell(table.title, table.columns[0]) + (", forts." if number else "")
        head = [line(part, "column") for part in wrap(title, columns)] if table.title else []
        head += _head_lines(laid, space)
        made.append(Block(tuple(_pieces(table, rows, laid, space)), tuple(head), gap))
    return made


def _column(table: Table, place: int, rows: Sequence[Row]) -> _Laid:
    column = table.columns[place]
    head = words.cell(column.label, column)
    prose = words.is_prose(table, place)
    cells = [
        width(words.cell(row.cells[place], column)) + (0 if place else row.depth)
        for row in (*rows, *words.totals(table))
    ]
    natural = max(width(head), *cells)
    if prose:
        texts = (words.cell(row.cells[place], column) for row in rows)
        least = min(natural, max(_TEXT_LEAST, *map(_longest_word, texts)))
    else:
        least = max(*cells, _longest_word(head))
    return _Laid(place, head, prose, natural, least)


def _longest_word(text: str) -> int:
    """Return the width of the longest word, which may be parted after a slash or hyphen."""
    parts = re.split(r"(?<=[/-])|\s", text)
    return min(max(map(width, parts)), _WORD_MOST)


def _groups(
    label: _Laid, others: Sequence[_Laid], columns: int, *, prose: bool
) -> list[list[_Laid]]:
    """Return the columns in as few groups as have room, of about as many columns each."""
    gap = _WIDE if prose else _NARROW
    greedy = _packed(others, columns - label.least, gap, len(others))
    most = -(-len(others) // len(greedy)) if greedy else 0
    even = _packed(others, columns - label.least, gap, most)
    return (even if len(even) == len(greedy) else greedy) or [[]]


def _packed(others: Sequence[_Laid], room: int, gap: int, most: int) -> list[list[_Laid]]:
    groups: list[list[_Laid]] = []
    used = room + 1
    for column in others:
        used += gap + column.least
        if used > room or len(groups[-1]) == most:
            groups.append([])
            used = gap + column.least
        groups[-1].append(column)
    return groups


def _widths(
    label: _Laid, group: Sequence[_Laid], columns: int, *, prose: bool
) -> tuple[list[_Laid], int]:
    """Return the label and the columns of a group with their widths, and the blanks between."""
    everything = [label, *group]
    natural = sum(column.natural for column in everything)
    gap = _WIDE if prose or natural + _WIDE * len(group) <= columns else _NARROW
    room = columns - gap * len(group)
    tight = sum(c.least if c.prose else c.natural for c in everything) > room
    figures = {c.place: c.least if tight else c.natural for c in group if not c.prose}
    texts = [column for column in everything if column.prose]
    shares = _shared([c.natural for c in texts], room - sum(figures.values()))
    given = figures | {c.place: share for c, share in zip(texts, shares, strict=True)}
    if not prose:
        given[label.place] = max(room - sum(figures.values()), label.least)
    return [column._replace(width=given[column.place]) for column in everything], gap


def _shared(wanted: Sequence[int], room: int) -> list[int]:
    """Return widths that add up to at most `room`: all that is wanted, or shares of what is left.

    Those that want less than an equal share get it, and the others share the rest.
    """
    given = [0] * len(wanted)
    by_size = sorted(range(len(wanted)), key=lambda n: wanted[n])
    for done, n in enumerate(by_size):
        given[n] = max(1, min(wanted[n], room // (len(wanted) - done)))
        room -= given[n]
    return given


def _head_lines(laid: Sequence[_Laid], gap: int) -> Iterator[Line]:
    """Yield the headings, over as many lines as the longest needs, the last of them in line."""
    if not any(column.head for column in laid):
        return
    heads = [wrap(column.head, column.width) for column in laid]
    tallest = max(map(len, heads))
    lifted = [[""] * (tallest - len(head)) + head for head in heads]
    yield from _lines(laid, lifted, gap, "column")


def _pieces(
    table: Table, rows: Sequence[Row], laid: Sequence[_Laid], gap: int
) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each row."""
    for row in rows:
        yield tuple(_lines(laid, _cells(table, row, laid), gap))
    for row in words.totals(table):
        yield tuple(_lines(laid, _cells(table, row, laid), gap, "total"))


def _cells(table: Table, row: Row, laid: Sequence[_Laid]) -> list[list[str]]:
    """Return the lines of each cell; figures stand beside the last line of the label.

    In a table with texts beside the labels, all cells begin on the first line.
    """
    label, *others = laid
    texts = [words.cell(row.cells[column.place], table.columns[column.place]) for column in laid]
    indent = _DEPTH * row.depth
    named = wrap(texts[0], max(label.width - len(indent), 1), indent=_DEPTH)
    cells = [[indent + part for part in named]]
    above = 0 if any(column.prose for column in others) else len(named) - 1
    for column, text in zip(others, texts[1:], strict=True):
        cells.append(wrap(text, column.width) if column.prose else [""] * above + [text])
    return cells


def _lines(
    laid: Sequence[_Laid], cells: Sequence[Sequence[str]], gap: int, style: Style = ""
) -> Iterator[Line]:
    for place in range(max(map(len, cells))):
        parts = [
            (left if column.prose else right)(
                cell[place] if place < len(cell) else "", column.width
            )
            for column, cell in zip(laid, cells, strict=True)
        ]
        yield line((" " * gap).join(parts), style)

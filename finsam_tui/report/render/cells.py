"""A table as lines of text: figures to the right, texts to the left and broken where they must be.

One that is wider than the paper is laid out in groups of columns. Those of a table of figures stand
below each other, each beside the labels; those of a list, row by row.
"""

from __future__ import annotations

import re
from itertools import chain
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
    """A column and how wide it is, would like to be, and must be; a `silent` one shows nothing."""

    place: int
    head: str
    prose: bool
    natural: int
    least: int
    width: int = 0
    silent: bool = False


class _Group(NamedTuple):
    """Columns that stand beside each other, the label first, so many blanks between them."""

    columns: list[_Laid]
    gap: int


def table_blocks(table: Table, columns: int, gap: int = 1) -> list[Block]:
    """Return a table on paper `columns` wide as blocks; none where it has no rows to show."""
    rows = words.shown_rows(table)
    if not rows:
        return []
    label, *others = (_column(table, place, rows) for place in range(len(table.columns)))
    prose = any(column.prose for column in others)
    natural = label.natural + sum(_WIDE + column.natural for column in others)
    columns = columns if prose else min(columns, max(_FIGURES_MOST, natural))
    groups = _groups(label, others, columns, prose=prose)
    laid = [_widths(label, group, columns, prose=prose) for group in groups]
    title = words.cell(table.title, table.columns[0])
    if prose:
        return [_list(table, rows, _aligned(laid), _title_lines(title, columns), gap)]
    return [
        Block(
            tuple(_pieces(table, rows, group)),
            (*_title_lines(title, columns, ", forts." if place else ""), *_head_lines(group)),
            gap,
        )
        for place, group in enumerate(laid)
    ]


def _title_lines(title: str, columns: int, more: str = "") -> list[Line]:
    return [line(part, "column") for part in wrap(title + more, columns)] if title else []


def _aligned(laid: Sequence[_Group]) -> list[_Group]:
    """Return groups with labels of one width, so that what is beside them stands in line."""
    width = min(group.columns[0].width for group in laid)
    return [
        _Group([group.columns[0]._replace(width=width), *group.columns[1:]], group.gap)
        for group in laid
    ]


def _list(
    table: Table, rows: Sequence[Row], laid: Sequence[_Group], title: Sequence[Line], gap: int
) -> Block:
    """Return a table whose rows have a line, or some, of each group, the label on the first."""
    first, *more = laid
    below = [_Group([g.columns[0]._replace(silent=True), *g.columns[1:]], g.gap) for g in more]
    groups = [first, *below]
    head = [*title, *chain.from_iterable(map(_head_lines, groups))]
    pieces = zip(*(_pieces(table, rows, group) for group in groups), strict=True)
    return Block(tuple(tuple(chain.from_iterable(piece)) for piece in pieces), tuple(head), gap)


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


def _widths(label: _Laid, group: Sequence[_Laid], columns: int, *, prose: bool) -> _Group:
    """Return the label and the columns of a group with their widths."""
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
    return _Group([column._replace(width=given[column.place]) for column in everything], gap)


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


def _head_lines(group: _Group) -> Iterator[Line]:
    """Yield the headings, over as many lines as the longest needs, the last of them in line."""
    heads = [wrap("" if c.silent else c.head, c.width) for c in group.columns]
    if not any(map(any, heads)):
        return
    tallest = max(map(len, heads))
    lifted = [[""] * (tallest - len(head)) + head for head in heads]
    yield from _lines(group, lifted, "column")


def _pieces(table: Table, rows: Sequence[Row], group: _Group) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of each row."""
    for row in rows:
        yield tuple(_lines(group, _cells(table, row, group.columns)))
    for row in words.totals(table):
        yield tuple(_lines(group, _cells(table, row, group.columns), "total"))


def _cells(table: Table, row: Row, laid: Sequence[_Laid]) -> list[list[str]]:
    """Return the lines of each cell; figures stand beside the last line of the label.

    In a table with texts beside the labels, all cells begin on the first line.
    """
    label, *others = laid
    texts = [words.cell(row.cells[column.place], table.columns[column.place]) for column in laid]
    indent = _DEPTH * row.depth
    named = wrap(texts[0], max(label.width - len(indent), 1), indent=_DEPTH)
    cells = [[""] if label.silent else [indent + part for part in named]]
    prose = label.silent or any(column.prose for column in others)
    above = 0 if prose else len(named) - 1
    for column, text in zip(others, texts[1:], strict=True):
        cells.append(wrap(text, column.width) if column.prose else [""] * above + [text])
    return cells


def _lines(group: _Group, cells: Sequence[Sequence[str]], style: Style = "") -> Iterator[Line]:
    for place in range(max(map(len, cells))):
        parts = [
            (left if column.prose else right)(
                cell[place] if place < len(cell) else "", column.width
            )
            for column, cell in zip(group.columns, cells, strict=True)
        ]
        yield line((" " * group.gap).join(parts), style)

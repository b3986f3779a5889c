"""A report as pages for a printer: each with a head, none that ends in a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.render import words
from finsam_tui.report.render.blocks import flat, whole
from finsam_tui.report.render.lines import EMPTY, left, line, width, wrap
from finsam_tui.report.render.page import PAGE, blocks, head_lines, heading
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from finsam_tui.report.model import Report
    from finsam_tui.report.render.blocks import Block
    from finsam_tui.report.render.lines import Line

LISTED = 7  # a report with as many sections has a table of contents
_HEAD = 3  # lines above each page but the first
_LEAST = 3  # rows of a table, or lines of a text, on the page where it begins
_CONTENTS = "Innehåll"
_CONTENTS_MOST = 64  # columns: a number far from its title is hard to find
_PAGE_DIGITS = 3
_WHOSE_LEAST = 12  # columns of an association's name: less tells nothing
_MANY = 100  # pages: how wide their number may be


class _Pages:
    """Pages being filled; on the first, `used` lines are not free."""

    def __init__(self, used: int) -> None:
        self.pages: list[list[Line]] = [[]]
        self.opens: list[int] = []  # the page of each section, from 1
        self._left = PAGE - used
        self._room = PAGE - _HEAD

    def put(self, unit: Sequence[Block]) -> None:
        """Add blocks that belong together: here, on the next page, or cut where they must be."""
        first, last = unit[0], unit[-1]
        fresh = sum(block.gap + block.height for block in unit) - first.gap
        height = fresh + (first.gap if self.pages[-1] else 0)
        if height > self._left and self.pages[-1]:
            least = height - sum(map(len, last.pieces[_LEAST:]))
            if least > self._left or (last.keeps and fresh <= self._room):
                self._turn()
        for block in unit:
            self._put(block)

    def _put(self, block: Block) -> None:
        if block.opens:
            self.opens.append(len(self.pages))
        self._add([EMPTY] * (block.gap if self.pages[-1] else 0))
        self._add(block.head)
        for piece in block.pieces:
            if len(piece) > self._left and self.pages[-1]:
                self._turn()
                self._add(block.head)
            self._add(piece)

    def _add(self, lines: Iterable[Line]) -> None:
        for one in lines:
            if not self._left:
                self._turn()
            self.pages[-1].append(one)
            self._left -= 1

    def _turn(self) -> None:
        self.pages.append([])
        self._left = self._room


def report_pages(report: Report, columns: int) -> list[list[Line]]:
    """Return the pages of a report on paper `columns` wide, each of at most PAGE lines."""
    body = list(blocks(report, columns))
    titles = [block.opens for block in body if block.opens]
    listed = titles if len(titles) >= LISTED else []
    filled = _Pages(len(list(head_lines(report, columns, _number(1, _MANY)))) + 1)
    for unit in _units([*_contents(listed, [1] * len(listed), columns), *body]):
        filled.put(unit)
    if listed:  # as long as it was, now that the pages are known
        numbered = flat(_contents(listed, filled.opens, columns))
        filled.pages[0][: len(numbered)] = numbered
    total = len(filled.pages)
    head = [*head_lines(report, columns, _number(1, total)), EMPTY]
    heads = [head, *(_running(report, page, total, columns) for page in range(2, total + 1))]
    return [[*above, *page] for above, page in zip(heads, filled.pages, strict=True)]


def _units(body: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield the blocks that are to begin on the same page."""
    unit: list[Block] = []
    for block in body:
        unit.append(block)
        if not block.clings:
            yield unit
            unit = []
    if unit:
        yield unit


def _contents(titles: Sequence[str], opens: Sequence[int], columns: int) -> list[Block]:
    """Return the table of contents as a block, a line a section; none of few sections."""
    if not titles:
        return []
    lines = [
        line(_dotted(title, str(page), min(columns, _CONTENTS_MOST)))
        for title, page in zip(titles, opens, strict=True)
    ]
    return [whole([*heading(_CONTENTS, "", columns), *lines])]


def _dotted(title: str, page: str, columns: int) -> str:
    room = columns - _PAGE_DIGITS - 2
    title = _cut(title, room)
    dots = "." * (columns - width(title) - _PAGE_DIGITS - 2)
    return f"{title} {dots} {page:>{_PAGE_DIGITS}}"


def _running(report: Report, page: int, total: int, columns: int) -> list[Line]:
    """Return the head of a page that is not the first: as much of it as has room."""
    number = _number(page, total)
    aside = _cut(words.title(report), columns - width(number)) + number
    room = columns - width(aside) - 2
    whose = _cut(safe(report.association), room) if room >= _WHOSE_LEAST else ""
    text = left(whose, columns - width(aside)) + aside
    return [line(text, "faint"), line("─" * columns, "faint"), EMPTY]


def _cut(text: str, columns: int) -> str:
    return text if width(text) <= columns else f"{wrap(text, columns - 1)[0]}…"


def _number(page: int, total: int) -> str:
    return f", sida {page} av {total}"

"""A report as lines: its sections one below the other, or in two columns on a single page."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from finsam_tui.report.render import words
from finsam_tui.report.render.bars import chart_lines
from finsam_tui.report.render.blocks import Block, flat, loose, whole
from finsam_tui.report.render.cells import table_blocks
from finsam_tui.report.render.lines import EMPTY, Line, Span, line, width, wrap
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from finsam_tui.report.model import Passage, Report, Section
    from finsam_tui.report.render.lines import Style

TWO_COLUMNS = 78  # the narrowest paper that takes two columns
LEAST = 40  # what the widest table needs
PAGE = 62  # lines of a printed page
_GUTTER = 2


def report_lines(report: Report, columns: int) -> list[Line]:
    """Return the lines of a report on paper `columns` wide."""
    columns = max(columns, LEAST)
    head = list(head_lines(report, columns))
    if in_columns(report, columns):
        return _page(report, head, columns)
    return flat([whole(head), *blocks(report, columns)])


def in_columns(report: Report, columns: int) -> bool:
    """Return whether a report is a single page in two columns."""
    return bool(report.headlines) and columns >= TWO_COLUMNS


def head_lines(report: Report, columns: int, aside: str = "") -> Iterator[Line]:
    """Yield what stands above a report: whose it is, its title, what it is of, when it was made."""
    yield from _ends(safe(report.association), words.title(report), columns, "title")
    yield from _ends(words.narrowed(report), words.made(report) + aside, columns, "faint")
    yield line("─" * columns, "faint")
    if report.empty:
        yield from [EMPTY, *paragraph(report.empty, columns, "warning")]
    if report.suppressed:
        yield from [EMPTY, *paragraph(words.suppressed(report), columns, "faint")]


def blocks(report: Report, columns: int) -> Iterator[Block]:
    """Yield the sections of a report as blocks."""
    for place, section in enumerate(sections(report)):
        yield from _section(report, section, columns, gap=2 if place else 1)


def sections(report: Report) -> list[Section]:
    """Return the sections to print: of an empty report only those that count anything."""
    return [s for s in report.sections if not report.empty or _tells(s)]


def _tells(section: Section) -> bool:
    """Return whether the section counts or says anything; what it compares with is no count."""
    return bool(section.texts) or any(
        cell
        for table in section.tables
        for row in table.rows
        for cell, column in zip(row.cells, table.columns, strict=True)
        if column.kind == "count"
    )


def _ends(text: str, aside: str, columns: int, style: Style) -> Iterator[Line]:
    """Yield a text with another at the right end of the line, or below where both do not fit."""
    free = columns - width(text) - width(aside)
    if free > 1:
        yield line(text + " " * free + aside, style)
    else:
        yield from paragraph(text, columns, style)
        yield from paragraph(aside, columns, style)


def paragraph(text: str, columns: int, style: Style = "", indent: str = "") -> Iterator[Line]:
    """Yield a text broken into lines, all but the first indented."""
    for part in wrap(safe(text), columns, indent):
        yield line(part, style)


def _paragraphs(texts: Iterable[str], columns: int, style: Style = "") -> list[Line]:
    return [part for text in texts for part in paragraph(text, columns, style)]


def heading(title: str, aside: str, columns: int) -> Iterator[Line]:
    """Yield a title, ruled until what stands at the end of the line."""
    *above, last = wrap(safe(title), columns - width(aside) - 1)
    yield from (line(part, "heading") for part in above)
    rule = " " + "─" * (columns - width(last) - 1 - width(aside))
    yield Line((Span(last, "heading"), Span(rule, "faint"), Span(aside)))


# A section by itself


def _section(report: Report, section: Section, columns: int, *, gap: int) -> Iterator[Block]:
    """Yield a section: whom it counts, what it says, its tables, charts and texts, its caveats."""
    head = list(heading(section.title, "", columns))
    head += paragraph(section.rule, columns, "faint") if section.rule else []
    if section.base.of:
        head += paragraph(words.base(section.base), columns, "faint")
    yield whole(head, gap, clings=True, opens=safe(section.title))
    parts = [loose(_paragraphs(words.sentences(section), columns))]
    for table, charts in words.illustrated(section):
        parts += table_blocks(table, columns)
        parts += [whole(chart_lines(charted, columns)) for charted in charts]
    for passage in section.texts:
        parts += _passage(passage, section, columns)
    parts.append(loose(_paragraphs(words.notes(section), columns, "faint")))
    warnings = words.warnings(report, section)
    parts.append(loose(_paragraphs(warnings, columns, "warning")))
    yield from (block for block in parts if block.height)


def _passage(passage: Passage, section: Section, columns: int) -> Iterator[Block]:
    """Yield a text below its title, unless the section itself is called that."""
    if passage.title != section.title:
        yield whole(paragraph(passage.title, columns, "total"), clings=True)
    gap = int(passage.title == section.title)
    for piece in words.pieces(passage.text):
        mark, indent = ("• ", "  ") if piece.bullets else ("", "")
        lines = (paragraph(f"{mark}{item}", columns, indent=indent) for item in piece.items)
        clings = piece.items[-1].endswith(":")  # what it announces follows
        yield loose(chain.from_iterable(lines), 0 if piece.close else gap, clings=clings)
        gap = 1


# All sections on a single page


def _page(report: Report, head: Sequence[Line], columns: int) -> list[Line]:
    """Return a report in two columns, its headlines above them."""
    lines = list(head)
    shown = sections(report)
    for section in shown:
        if section.id in report.headlines:
            for sentence in list(words.sentences(section))[:1]:
                lines += paragraph(f"• {sentence}", columns, indent="  ")
    room = PAGE - len(lines)
    each = (columns - _GUTTER) // 2
    parts = [list(_short(report, section, each)) for section in shown]
    page = _side_by_side([[EMPTY, *part] for part in parts], each)
    return lines + (page if len(page) <= room else [EMPTY, *_side_by_side(parts, each)])


def _side_by_side(parts: Sequence[Sequence[Line]], each: int) -> list[Line]:
    """Return the parts, in their order, in two columns as near as can be of one length."""
    lengths = [len(part) for part in parts]
    split = min(
        range(len(parts) + 1), key=lambda n: max(sum(lengths[:n]), sum(lengths[n:])), default=0
    )
    first, second = (chain.from_iterable(half) for half in (parts[:split], parts[split:]))
    return [
        _beside(one, other, each + _GUTTER)
        for one, other in zip_longest(first, second, fillvalue=EMPTY)
    ]


def _beside(one: Line, other: Line, columns: int) -> Line:
    """Return two lines as one, the second beginning after so many `columns`."""
    if not other.spans:
        return one
    return Line((*one.spans, Span(" " * (columns - width(one.text))), *other.spans))


def _short(report: Report, section: Section, columns: int) -> Iterator[Line]:
    """Yield a section without its sentences and blank lines, the base beside its title."""
    base = words.short_base(section.base)
    if width(section.title) + width(base) + 2 <= columns:
        yield from heading(section.title, f" {base}", columns)
    else:
        yield from heading(section.title, "", columns)
        yield line(base)
    yield from paragraph(section.rule, columns, "faint")
    for table in section.tables:
        yield from flat(table_blocks(table, columns, gap=0))
    yield from _paragraphs(words.notes(section), columns, "faint")
    yield from _paragraphs(words.warnings(report, section), columns, "warning")

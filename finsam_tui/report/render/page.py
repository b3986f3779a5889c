"""A report as lines: its sections one below the other, or in two columns on a single page."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from finsam_tui.report import telling
from finsam_tui.report.render.cells import table_lines
from finsam_tui.report.render.lines import EMPTY, Line, Span, line, width, wrap
from finsam_tui.text import number, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.report.model import Base, Report, Section
    from finsam_tui.report.render.lines import Style

TWO_COLUMNS = 78  # the narrowest paper that takes two columns
_GUTTER = 2
_TABLE_MOST = 64  # a figure far from its label is hard to find
_LEAST = 40  # what the widest table needs
PAGE = 62  # lines of a printed page


def report_lines(report: Report, columns: int) -> list[Line]:
    """Return the lines of a report on paper `columns` wide."""
    columns = max(columns, _LEAST)
    sections = [s for s in report.sections if not report.empty or _has_figures(s)]
    lines = list(_head(report, columns))
    if report.empty:
        lines += [EMPTY, *_paragraph(report.empty, columns, "warning")]
    if report.headlines and columns >= TWO_COLUMNS:
        heading = [section for section in sections if section.id in report.headlines]
        lines += _in_short(heading, columns)
        room = PAGE - len(lines)
        page = _side_by_side(sections, columns, [EMPTY])
        lines += page if len(page) <= room else [EMPTY, *_side_by_side(sections, columns, [])]
    else:
        for section in sections:
            lines += [EMPTY, *_section(section, columns)]
    return lines


def _has_figures(section: Section) -> bool:
    """Return whether the section counts anything; what it compares with is no count."""
    return any(
        cell
        for table in section.tables
        for row in table.rows
        for cell, column in zip(row.cells, table.columns, strict=True)
        if column.kind == "count"
    )


def _head(report: Report, columns: int) -> Iterator[Line]:
    so_far = ", hittills" if report.today < report.period.last else ""
    title = f"{report.title} {report.period.label}{so_far}"
    told = "; ".join(f"{f.title}: {f.label}" for f in report.filters) or "Alla insatser"
    yield from _ends(safe(report.association), title, columns, "title")
    yield from _ends(safe(told), f"framtagen {report.today.isoformat()}", columns, "faint")
    yield line("─" * columns, "faint")


def _ends(text: str, aside: str, columns: int, style: Style) -> Iterator[Line]:
    """Yield a text with another at the right end of the line, or below where both do not fit."""
    free = columns - width(text) - width(aside)
    if free > 1:
        yield line(text + " " * free + aside, style)
    else:
        yield from _paragraph(text, columns, style)
        yield from _paragraph(aside, columns, style)


def _paragraph(text: str, columns: int, style: Style = "", indent: str = "") -> Iterator[Line]:
    for part in wrap(safe(text), columns, indent):
        yield line(part, style)


def _in_short(sections: Sequence[Section], columns: int) -> Iterator[Line]:
    """Yield the first sentence of each section."""
    for section in sections:
        for sentence in telling.sentences(section)[:1]:
            yield from _paragraph(f"• {sentence}", columns, indent="  ")


def _side_by_side(sections: Sequence[Section], columns: int, before: Sequence[Line]) -> list[Line]:
    """Return the sections in two columns as near as can be of one length, in their order.

    `before` are the lines that part each from the one above.
    """
    each = (columns - _GUTTER) // 2
    blocks = [[*before, *_section(section, each, short=True)] for section in sections]
    lengths = [len(block) for block in blocks]
    split = min(
        range(len(blocks) + 1), key=lambda n: max(sum(lengths[:n]), sum(lengths[n:])), default=0
    )
    first, second = (chain.from_iterable(half) for half in (blocks[:split], blocks[split:]))
    return [
        _beside(one, other, each + _GUTTER)
        for one, other in zip_longest(first, second, fillvalue=EMPTY)
    ]


def _beside(one: Line, other: Line, columns: int) -> Line:
    """Return two lines as one, the second beginning after so many `columns`."""
    if not other.spans:
        return one
    return Line((*one.spans, Span(" " * (columns - width(one.text))), *other.spans))


def _section(section: Section, columns: int, *, short: bool = False) -> Iterator[Line]:
    """Yield a section; the `short` form leaves out its sentences and blank lines."""
    if short:
        yield from _short_heading(section, columns)
        yield from _paragraph(section.rule, columns, "faint")
    else:
        yield _heading(section.title, "", columns)
        yield from _paragraph(section.rule, columns, "faint")
        if section.base.of:
            yield from _paragraph(_base(section.base), columns, "faint")
        for sentence in telling.sentences(section):
            yield from _paragraph(sentence, columns)
    for table in section.tables:
        lines = list(table_lines(table, min(columns, _TABLE_MOST)))
        yield from lines if short or not lines else [EMPTY, *lines]
    for note in telling.notes(section):
        yield from _paragraph(note, columns, "faint")
    for warning in telling.warnings(section):
        yield from _paragraph(f"OBS: {warning}", columns, "warning")


def _short_heading(section: Section, columns: int) -> Iterator[Line]:
    """Yield the title with the base at the end of its line, or below where it has no room."""
    base = f"{number(section.base.enrolments)} inskr., {number(section.base.unique)} unika"
    if width(section.title) + width(base) + 2 <= columns:
        yield _heading(section.title, f" {base}", columns)
    else:
        yield _heading(section.title, "", columns)
        yield line(base)


def _heading(title: str, aside: str, columns: int) -> Line:
    """Return a title, ruled until what stands at the end of the line."""
    title = safe(title)
    rule = " " + "─" * (columns - width(title) - 1 - width(aside))
    return Line((Span(title, "heading"), Span(rule, "faint"), Span(aside)))


def _base(base: Base) -> str:
    """Return whom the section counts: enrolments and persons, never one for the other."""
    enrolments = plural(base.enrolments, "inskrivning", "inskrivningar")
    told = f"Underlag: {enrolments}, {plural(base.unique, 'unik person', 'unika personer')}"
    sexes = {"kvinnor": base.women, "män": base.men, "annat eller okänt": base.other}
    if named := ", ".join(f"{number(count)} {sex}" for sex, count in sexes.items() if count):
        told += f" ({named})"
    if base.anonymous:
        told += f"; därtill {number(base.anonymous)} anonyma"
    return f"{told}."

"""A report as Markdown, as GitHub reads it: headings, sentences, tables, texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from finsam_tui.report.render import words
from finsam_tui.report.render.page import sections
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from finsam_tui.report.model import Passage, Report, Row, Section, Table

# What means something wherever it stands; an address would be made a link.
_MARKUP = re.compile(r"[\\`*_\[\]<>&#|~$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_FIRST = re.compile(r"^(\d*)([-+=.)])")  # and what does so where a line begins
_DEPTH = "&emsp;"


def render_md(report: Report) -> str:
    """Return the report as Markdown, ending in a newline."""
    return "\n\n".join(_blocks(report)) + "\n"


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {_text(words.title(report))}"
    yield f"**{_text(safe(report.association))}**"
    yield f"{_text(words.narrowed(report))} · {words.made(report)}"
    if report.empty:
        yield f"**{_text(report.empty)}**"
    if report.suppressed:
        yield f"*{_text(words.suppressed(report))}*"
    for section in sections(report):
        yield from _section(report, section)


def _section(report: Report, section: Section) -> Iterator[str]:
    yield f"## {_text(safe(section.title))}"
    if section.rule:
        yield f"*{_text(safe(section.rule))}*"
    if section.base.of:
        yield _text(words.base(section.base))
    yield from map(_text, words.sentences(section))
    for table in section.tables:
        yield from _table(table)
    for passage in section.texts:
        yield from _passage(passage, section)
    yield from map(_text, words.notes(section))
    for warning in words.warnings(report, section):
        yield f"> **{_text(warning)}**"


def _table(table: Table) -> Iterator[str]:
    """Yield a table below its title; nothing where it has no rows to show."""
    rows = words.shown_rows(table)
    if not rows:
        return
    if table.title:
        yield f"**{_text(words.cell(table.title, table.columns[0]))}**"
    heads = [_cell(words.cell(column.label, column)) for column in table.columns]
    sides = [
        ":---" if words.is_prose(table, place) else "---:" for place in range(len(table.columns))
    ]
    lines = [_line(heads), _line(sides), *(_line(_cells(table, row)) for row in rows)]
    lines += [_line(map(_bold, _cells(table, row))) for row in words.totals(table)]
    yield "\n".join(lines)


def _cells(table: Table, row: Row) -> Iterator[str]:
    for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        indent = _DEPTH * row.depth if place == 0 else ""
        yield indent + _cell(words.cell(cell, column))


def _bold(text: str) -> str:
    return text and f"**{text}**"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _passage(passage: Passage, section: Section) -> Iterator[str]:
    if passage.title != section.title:
        yield f"### {_text(safe(passage.title))}"
    for piece in words.pieces(passage.text):
        lines = [_text(item) for item in piece.items]
        yield "\n".join(f"- {item}" for item in lines) if piece.bullets else "\\\n".join(lines)


def _cell(text: str) -> str:
    """Return `text` as a cell has it."""
    return _MARKUP.sub(r"\\\g<0>", text.strip())


def _text(text: str) -> str:
    """Return `text` as a paragraph has it: nothing in it means anything."""
    return _FIRST.sub(r"\1\\\2", _cell(text))

"""Reads the tables of a report back from each form of output, as the texts that a reader sees.

A form is read into a list a section, of a list a table, of a list a row, of its cells. Forms for
paper leave out tables without rows, and so do these.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from html.parser import HTMLParser
from io import BytesIO
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
from markdown_it import MarkdownIt

from finsam_tui.report.model import Hidden
from finsam_tui.report.telling import shown
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.report import Report
    from finsam_tui.report.model import Cell, Row, Section, Table

    Rows = list[list[str]]
    Tables = list[list[Rows]]
    Cells = list[list[list[list[Cell]]]]

PAGE_HEAD = 3  # lines
TALLEST = 3  # lines of a heading
LONGEST = 60  # lines of a row


def every_row(table: Table) -> list[Row]:
    return [*table.rows, *([table.total] if table.total else [])]


def paper_rows(table: Table) -> list[Row]:
    """Return what stands on paper: without rare rows of noughts; nothing without rows."""
    rows = [row for row in table.rows if not row.rare or any(row.cells[1:])]
    return [*rows, *([table.total] if table.total and rows else [])]


def seen(table: Table, row: Row) -> list[str]:
    """Return the cells of a row as a reader sees them, on a line each."""
    pairs = zip(row.cells, table.columns, strict=True)
    return [one_line(safe(shown(cell, column), multiline=True)) for cell, column in pairs]


def one_line(text: str) -> str:
    return " ".join(text.split())


def on_paper(report: Report) -> Tables:
    """Return what the forms for paper should show."""
    tables = [
        [[seen(table, row) for row in paper_rows(table)] for table in section.tables]
        for section in report.sections
    ]
    return [[rows for rows in section if rows] for section in tables]


# Forms for programs: the cells themselves, and all rows


def in_files(report: Report) -> Cells:
    """Return what the forms for programs should hold: every row, with its key."""
    return [
        [[[*map(_bare, row.cells), row.key] for row in every_row(table)] for table in s.tables]
        for s in report.sections
    ]


def in_sheets(report: Report) -> Cells:
    """Return what the sheets of a workbook should hold: in_files without keys and empty texts."""
    return [
        [
            [[None if cell == "" else cell for cell in row[:-1]] for row in table]
            for table in section
        ]
        for section in in_files(report)
    ]


def _bare(cell: Cell) -> Cell:
    if isinstance(cell, Hidden):
        return None
    return safe(cell, multiline=True) if isinstance(cell, str) else cell


def read_json(content: bytes) -> Cells:
    data = json.loads(content)
    return [
        [[*table["rows"], *([table["total"]] if "total" in table else [])] for table in s["tables"]]
        for s in data["sections"]
    ]


def read_csv(content: bytes, report: Report) -> Cells:
    """Return the cells of a CSV file, as numbers where the report has numbers."""
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    blocks = [list(block) for full, block in groupby(rows, key=bool) if full]
    tables = {(s.id, table.id): table for s in report.sections for table in s.tables}
    found: dict[str, list[list[list[Cell]]]] = {section.id: [] for section in report.sections}
    for (section, id), heads, *lines in blocks:
        table = tables[section, id]
        assert heads == [*(column.key for column in table.columns), "key"]
        cells = [(*row.cells, row.key) for row in every_row(table)]
        found[section].append(
            [
                [_from_csv(text, cell) for text, cell in zip(line, like, strict=True)]
                for line, like in zip(lines, cells, strict=True)
            ]
        )
    return list(found.values())


def _from_csv(text: str, like: Cell) -> Cell:
    if isinstance(like, str):
        return text.removeprefix("'")
    if like is None or isinstance(like, Hidden):
        return None if text in ("", "..") else text
    return float(text.replace(",", "."))


# Forms for readers


def read_md(content: bytes) -> Tables:
    """Return the tables below each heading of the second level."""
    sections: Tables = []
    tokens = MarkdownIt("commonmark").enable("table").parse(content.decode())
    for before, token in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            sections.append([])
        elif token.type == "tbody_open":
            sections[-1].append([])
        elif token.type == "tr_open" and before.type != "thead_open":
            sections[-1][-1].append([])
        elif before.type == "td_open":
            text = "".join(part.content for part in token.children or ())
            sections[-1][-1][-1].append(one_line(text))
    return sections


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sections: Tables = []
        self._cell: list[str] | None = None
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "section":
            self.sections.append([])
        elif tag == "table":
            self.sections[-1].append([])
        elif tag in {"thead", "tbody"}:
            self._in_head = tag == "thead"
        elif tag == "tr" and not self._in_head:
            self.sections[-1][-1].append([])
        elif tag in {"th", "td"} and not self._in_head:
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td"} and self._cell is not None:
            self.sections[-1][-1][-1].append(one_line("".join(self._cell)))
            self._cell = None


def read_html(content: bytes) -> Tables:
    page = _Html()
    page.feed(content.decode())
    return page.sections


def read_docx(content: bytes, report: Report) -> Tables:
    """Return the tables of a Word document, which come in the order of the report's."""
    tables = iter(docx.Document(BytesIO(content)).tables)
    read: Tables = []
    for section in report.sections:
        read.append([])
        for table in section.tables:
            if not paper_rows(table):
                continue
            rows = [[one_line(cell.text) for cell in row.cells] for row in next(tables).rows]
            headed = any(column.label for column in table.columns)
            read[-1].append(rows[1:] if headed else rows)
    assert next(tables, None) is None
    return read


def read_xlsx(content: bytes, report: Report) -> Cells:
    """Return the rows of each table as they stand in its sheet, in the order of the tables."""
    _, *sheets = openpyxl.load_workbook(BytesIO(content)).worksheets
    read: Cells = []
    for section, sheet in zip(report.sections, sheets, strict=True):
        lines = iter(sheet.iter_rows(values_only=True))
        read.append([list(_in_sheet(lines, table)) for table in section.tables])
    return read


def _in_sheet(lines: Iterator[tuple[Any, ...]], table: Table) -> Iterator[list[Cell]]:
    """Yield the rows of a table, the first of them the next one with the label of its first."""
    for row in every_row(table):
        label = seen(table, row)[0]
        line = next(line for line in lines if str(line[0]).removeprefix("'") == label)
        yield [_from_sheet(cell, c.kind) for cell, c in zip(line, table.columns, strict=False)]


def _from_sheet(cell: Any, kind: str) -> Cell:  # noqa: ANN401 - what a sheet holds
    if isinstance(cell, str):
        return None if cell == ".." else cell.removeprefix("'")
    figure: float | None = cell
    return round(figure * 100, 1) if kind == "share" and figure is not None else figure


# Pages of text


def text_sections(content: bytes, report: Report) -> list[list[str]]:
    """Return the lines of each section of a text that is not in two columns."""
    first, *pages = content.decode().split("\f")
    lines = [*first.splitlines(), *(x for page in pages for x in page.splitlines()[PAGE_HEAD:])]
    at, starts = 0, []
    for section in report.sections:
        at = next(n for n in range(at, len(lines)) if _opens(lines[n : n + TALLEST], section.title))
        starts.append(at)
        at += 1
    return [lines[one:end] for one, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _opens(lines: Sequence[str], title: str) -> bool:
    """Return whether the lines begin with a heading: a title, ruled if it leaves room."""
    starts = [_squeezed(lines[: n + 1]) for n in range(len(lines))]
    wanted = _squeezed([title])
    return wanted in starts or starts[-1].startswith(f"{wanted}─")


def unread(lines: Sequence[str], section: Section) -> list[str]:
    """Return what of the tables of a section does not stand in its lines, in order."""
    missing, at = [], 0
    for table in section.tables:
        rows = [seen(table, row) for row in paper_rows(table)]
        if not rows:
            continue
        beside = range(1, len(table.columns))
        is_list = any(
            table.columns[n].kind == "text" and isinstance(row.cells[n], str)
            for n in beside
            for row in table.rows
        )
        end = _list_end(lines, at, rows) if is_list else _figures_end(lines, at, rows)
        if end is None:
            missing.append(f"{section.id}: {table.id}")
        at = end or at
    return missing


def _figures_end(lines: Sequence[str], at: int, rows: Rows) -> int | None:
    """Return where a table of figures ends, its columns in one group or in several."""
    done, width = 1, len(rows[0])
    while done < width:
        tried = ((n, _group_end(lines, at, rows, done, n)) for n in range(width, done, -1))
        found = next(((n, end) for n, end in tried if end is not None), None)
        if found is None:
            return None
        done, at = found
    return at


def _group_end(lines: Sequence[str], at: int, rows: Rows, one: int, end: int) -> int | None:
    """Return where a group of columns ends: its figures end a line, the label is before them."""
    for row in rows:
        figures = re.compile(r"(?:^|\s)" + r"\s+".join(map(re.escape, row[one:end])) + r"$")
        for n in range(at, len(lines)):
            if match := figures.search(lines[n]):
                before = _squeezed([*lines[at:n], lines[n][: match.start()]])
                if before.endswith(_squeezed(row[0])):
                    break
        else:
            return None
        at = n + 1
    return at


def _list_end(lines: Sequence[str], at: int, rows: Rows) -> int | None:
    """Return where a list ends: each row is some lines with all of its characters and no other."""
    for row in rows:
        wanted = _characters(row)
        spans = (
            (one, end)
            for one in range(at, len(lines))
            for end in range(one + 1, min(one + LONGEST, len(lines) + 1))
            if _characters(lines[one:end]) == wanted
        )
        found = next(spans, None)
        if found is None:
            return None
        at = found[1]
    return at


def _characters(texts: Sequence[str]) -> Counter[str]:
    return Counter(_squeezed(texts))


def _squeezed(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())

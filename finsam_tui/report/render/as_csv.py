"""A report as CSV: its tables one after another, as a Swedish Excel opens them.

UTF-8 with a byte order mark, semicolons, decimal comma: what `finsam import` reads, too. Above each
table stand the ids of its section and of itself, then the keys of its columns; a last column names
each row for good, and the total is the last row. An empty cell has no figure, `..` is hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Hidden
from finsam_tui.report.render import words
from finsam_tui.report.telling import HIDDEN_MARK
from finsam_tui.text import no_formula, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.report.model import Cell, Report, Row, Table

_MARK = "\ufeff"  # without it, Excel takes å for Ã¥


def render_csv(report: Report) -> str:
    """Return the tables of a report as CSV."""
    import csv
    from io import StringIO

    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    for section in report.sections:
        for table in section.tables:
            writer.writerows(_lines(section.id, table))
    return _MARK + file.getvalue()


def _lines(section: str, table: Table) -> Iterator[list[str]]:
    yield [_plain(section), _plain(table.id)]
    yield [*(_plain(column.key) for column in table.columns), "key"]
    for row in (*table.rows, *words.totals(table)):
        yield _line(row)
    yield []


def _line(row: Row) -> list[str]:
    return [*map(_plain, row.cells), _plain(row.key)]


def _plain(cell: Cell) -> str:
    """Return a cell as it stands in the file: a number, or a text that no spreadsheet works out."""
    if cell is None:
        return ""
    if isinstance(cell, Hidden):
        return HIDDEN_MARK
    if isinstance(cell, str):
        return no_formula(safe(cell, multiline=True))
    return str(cell).removesuffix(".0").replace(".", ",")

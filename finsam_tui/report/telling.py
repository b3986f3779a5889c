"""Writes out what a section says in words; its figures are read from the tables it prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.model import Column, Hidden, Told
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from finsam_tui.report.model import Cell, Parting, Section, Table

HIDDEN_MARK = ".."
_FIGURE = re.compile(r"\{([^{}|]+)(?:\|([^{}|]*)\|([^{}|]*))?\}")


_COUNT = Column("count", "")


class _Untold(LookupError):
    """A figure of the sentence is hidden, or there is none."""


class Found(NamedTuple):
    """A cell and the column it stands in."""

    cell: Cell
    column: Column


def sentences(section: Section) -> tuple[str, ...]:
    """Return the sentences of a section, without those about what is hidden or not there."""
    return _written(section, section.sentences)


def notes(section: Section) -> tuple[str, ...]:
    """Return the notes of a section, without those about what is hidden or not there."""
    return _written(section, section.notes)


def warnings(section: Section, *, hidden: bool = False) -> tuple[str, ...]:
    """Return the warnings of a section; of a report where cells are hidden, without figures."""
    return tuple(warning(parting, hidden=hidden) for parting in section.warnings)


def warning(parting: Parting, *, hidden: bool = False) -> str:
    """Return what a warning says, with both figures and their rules."""
    if hidden:
        return f"{parting.what} går isär ({parting.rule}; {parting.other_rule})."
    one, other = (number(figure) for figure in (parting.figure, parting.other))
    return f"{parting.what}: {one} ({parting.rule}) men {other} ({parting.other_rule})."


def tell(section: Section, told: Told) -> str:
    """Return a sentence, or nothing where one of its figures is hidden or missing."""
    try:
        return _FIGURE.sub(lambda match: _figure(section, told, match), told.words)
    except _Untold:
        return ""


def figures(section: Section, told: Told) -> Iterator[Found]:
    """Yield the cells that a sentence is made of."""
    for match in _FIGURE.finditer(told.words):
        yield _found(section, told, match[1])


def shown(cell: Cell, column: Column) -> str:
    """Return a figure as it is read: 1 234, 12,3 %, – where there is none, .. where hidden."""
    if isinstance(cell, Hidden):
        return HIDDEN_MARK
    if isinstance(cell, str):
        return cell
    if column.kind == "share" and cell is not None:
        return f"{number(cell, 1)} %"
    return number(cell, column.decimals)


def _written(section: Section, texts: Iterable[str | Told]) -> tuple[str, ...]:
    all_ = (text if isinstance(text, str) else tell(section, text) for text in texts)
    return tuple(filter(None, all_))


def _figure(section: Section, told: Told, match: re.Match[str]) -> str:
    cell, column = _found(section, told, match[1])
    if cell is None or isinstance(cell, Hidden):
        raise _Untold
    text = shown(cell, column)
    if match[2] is None:
        return text
    return f"{text} {match[2] if cell == 1 else match[3]}"


def _found(section: Section, told: Told, place: str) -> Found:
    """Return the cell at "column", "row.column", "table.row.column" or "base.name"."""
    *where, column_key = place.split(".")
    if where == ["base"]:
        return Found(section.base.figures[column_key], _COUNT)
    row_key = where[-1] if where else told.row
    table = _table(section, where[0] if len(where) > 1 else told.table)
    keys = [column.key for column in table.columns]
    place_of = keys.index(column_key)
    rows = (*table.rows, *((table.total,) if table.total else ()))
    row = next((row for row in rows if row.key == row_key), None)
    return Found(None if row is None else row.cells[place_of], table.columns[place_of])


def _table(section: Section, id: str) -> Table:
    return next(table for table in section.tables if table.id == id)

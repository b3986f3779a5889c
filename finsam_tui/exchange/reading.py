"""Reads a table of the exchange format, row by row, from whatever holds it: its headings found out.

Memory does not grow with the rows.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from finsam_tui.exchange.faults import Fault
from finsam_tui.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from finsam_tui.exchange.tables import Column, Table

    # Rows read together: their places, their cells, and why the rest cannot be read.
    Block = tuple[Sequence[int], list[list[str]], Fault | None]

CHUNK = 4000  # rows read, checked and written together
LONGEST_CELL = 100_000  # characters
MOST_COLUMNS = 1000
_LONGEST_HEADING = 40  # characters shown


class Unreadable(Exception):
    """A file that cannot be read as a table: what is wrong with it, line by line."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(str(faults[0]))
        self.faults = faults


class Source(Protocol):
    """What holds the rows of a table under a row of headings: a file, or a sheet of a workbook."""

    @property
    def name(self) -> str:
        """Its name, fit to be shown."""

    @property
    def place(self) -> str:
        """Where it is, fit to be shown."""

    def headings(self, known: Container[str]) -> list[str]:
        """Return the first row's cells, folded; raise Unreadable where there is no such row.

        It is asked once, and first; `known` are the headings that the table has.
        """

    def blocks(self, size: int, width: int) -> Iterator[Block]:
        """Yield the rows below the headings, `size` at a time, `width` cells in one that is whole.

        Where rows cannot be told apart that is the last block's fault.
        """

    def fit(self, column: Column, cells: Sequence[str]) -> Sequence[str]:
        """Return a column's cells as they were meant."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows read together: their places in the file, and their cells under `Sheet.columns`."""

    rows: list[int]
    cells: list[Sequence[str]]  # a column each
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open source: which of a table's columns it has, and where."""

    source: Source
    table: Table
    columns: tuple[Column, ...]
    places: tuple[int, ...]
    width: int

    @property
    def name(self) -> str:
        """The source's name, fit to be shown."""
        return self.source.name

    def chunks(self, size: int = 0) -> Iterator[Chunk]:
        """Yield the rows below the heading, CHUNK (or `size`) at a time.

        Where rows cannot be told apart that is a last fault.
        """
        for numbers, rows, fault in self.source.blocks(size or CHUNK, self.width):
            yield self._chunk(list(numbers), rows, fault)

    def _chunk(self, numbers: list[int], rows: list[list[str]], fault: Fault | None) -> Chunk:
        faults: list[Fault] = []
        columns = list(zip(*rows, strict=True)) if set(map(len, rows)) == {self.width} else []
        if not columns or "" in columns[self._obligatory]:  # as it is in an empty row
            numbers, rows, faults = self._ragged(numbers, rows)
            columns = list(zip(*rows, strict=True))
        cells: list[Sequence[str]] = []
        if rows:
            pairs = zip(self.columns, self.places, strict=True)
            cells = [self.source.fit(column, columns[place]) for column, place in pairs]
        return Chunk(numbers, cells, faults + ([fault] if fault else []))

    @property
    def _obligatory(self) -> int:
        """The place of a column that no row leaves empty."""
        pairs = zip(self.columns, self.places, strict=True)
        return next(place for column, place in pairs if column.required)

    def _ragged(
        self, places: list[int], rows: list[list[str]]
    ) -> tuple[list[int], list[list[str]], list[Fault]]:
        """Return the rows that are whole; empty ones are passed over, others are faults."""
        numbers, whole, faults = [], [], []
        for place, row in zip(places, rows, strict=True):
            if not any(cell.strip() for cell in row):
                continue
            if len(row) < self.width or any(row[self.width :]):
                message = f"Raden har {len(row)} celler, men det finns {self.width} rubriker."
                faults.append(Fault(self.name, message, place))
                continue
            numbers.append(place)
            whole.append(row[: self.width])
        return numbers, whole, faults


def open_sheet(source: Source, table: Table, *, ignore_unknown: bool) -> Sheet:
    """Return the source as rows of `table`; raise Unreadable with every fault in its headings.

    `ignore_unknown` passes over columns that the table does not have.
    """
    known = {fold(column.heading): column for column in table.columns}
    headings = source.headings(known)
    while headings and not headings[-1]:
        headings.pop()  # an empty column at the end of every row is of no consequence
    if not set(headings) & set(known):  # the first row may be somebody's: nothing of it is told
        message = f"Den första raden är inga rubriker; skriv dem överst: {_listed(table)}."
        raise Unreadable(Fault(source.name, message, 1))
    faults = _heading_faults(source.name, headings, known, ignore_unknown=ignore_unknown)
    if faults:
        raise Unreadable(*faults)
    places = {known[h].name: (known[h], i) for i, h in enumerate(headings) if h in known}
    return Sheet(
        source,
        table,
        tuple(column for column, _ in places.values()),
        tuple(place for _, place in places.values()),
        len(headings),
    )


def _heading_faults(
    name: str, headings: list[str], known: dict[str, Column], *, ignore_unknown: bool
) -> list[Fault]:
    faults = []
    for place, heading in enumerate(headings, start=1):
        if headings.index(heading) != place - 1:
            message = f"Rubriken ”{safe(heading)}” finns två gånger."
            faults.append(Fault(name, message, 1))
        elif heading not in known and not ignore_unknown:
            faults.append(Fault(name, _unknown(place, heading, known), 1))
    missing = [c.heading for h, c in known.items() if c.required and h not in headings]
    if missing:
        faults.append(Fault(name, f"Kolumner saknas: {', '.join(missing)}.", 1))
    return faults


def _unknown(place: int, heading: str, known: dict[str, Column]) -> str:
    if not heading:
        return f"Kolumn {place} har ingen rubrik."
    near = difflib.get_close_matches(heading, known, n=2, cutoff=0.7)
    hint = " eller ".join(known[h].heading for h in near)
    hint = f"Menades {hint}? " if near else ""
    shown = safe(heading[:_LONGEST_HEADING])
    return f"Okänd kolumn ”{shown}”. {hint}--ignore-unknown hoppar över okända kolumner."


def _listed(table: Table) -> str:
    return ", ".join(column.heading for column in table.columns)

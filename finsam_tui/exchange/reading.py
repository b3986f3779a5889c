"""Reads a CSV file of the exchange format, row by row: coding, delimiter and headings found out.

A file is read twice. The first time only its bytes are looked at, for they say how the file is
coded; what is no text at all is refused there. Memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError
from finsam_tui.exchange.faults import Fault
from finsam_tui.text import fold, number, safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from finsam_tui.exchange.tables import Column, Table

CHUNK = 4000  # rows read, checked and written together
LONGEST_CELL = 100_000  # characters
MOST_COLUMNS = 1000
DELIMITERS = ";,\t"
TORN = "Citattecknen går inte ihop; raden och resten av filen kan inte läsas."
_LONGEST_HEADING = 40  # characters shown
_BLOCK = 1 << 20  # bytes; no line may be longer
# How å, ä, ö in UTF-8 look to Windows-1252, ”Ã¥”: no Swedish word has it.
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")
_NOT_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


class Unreadable(Exception):
    """A file that cannot be read as a table: what is wrong with it, line by line."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(str(faults[0]))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows read together: their places in the file, and their cells under `Sheet.columns`."""

    rows: list[int]
    cells: list[tuple[str, ...]]  # a column each
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open file: which of a table's columns it has, and where."""

    path: Path
    table: Table
    coding: str
    delimiter: str
    columns: tuple[Column, ...]
    places: tuple[int, ...]
    width: int

    @property
    def name(self) -> str:
        """The file's name, fit to be shown."""
        return safe(self.path.name)

    def chunks(self, size: int = 0) -> Iterator[Chunk]:
        """Yield the rows below the heading, CHUNK (or `size`) at a time.

        Where rows cannot be told apart that is a last fault.
        """
        size = size or CHUNK
        with _open(self.path, self.coding) as file:
            reader = _reader(file, self.delimiter)
            next(reader)
            at = 2
            while True:
                rows: list[list[str]] = []
                fault = None
                try:
                    rows.extend(islice(reader, size))
                except csv.Error as error:
                    fault = self._torn(at + len(rows), error)
                if rows or fault:
                    yield self._chunk(at, rows, fault)
                if fault or not rows:
                    return
                at += len(rows)

    def _chunk(self, at: int, rows: list[list[str]], fault: Fault | None) -> Chunk:
        numbers = list(range(at, at + len(rows)))
        faults: list[Fault] = []
        columns = list(zip(*rows, strict=True)) if set(map(len, rows)) == {self.width} else []
        if not columns or "" in columns[self._obligatory]:  # as it is in an empty row
            numbers, rows, faults = self._ragged(at, rows)
            columns = list(zip(*rows, strict=True))
        cells = [columns[place] for place in self.places] if rows else []
        return Chunk(numbers, cells, faults + ([fault] if fault else []))

    @property
    def _obligatory(self) -> int:
        """The place of a column that no row leaves empty."""
        pairs = zip(self.columns, self.places, strict=True)
        return next(place for column, place in pairs if column.required)

    def _ragged(
        self, at: int, rows: list[list[str]]
    ) -> tuple[list[int], list[list[str]], list[Fault]]:
        """Return the rows that are whole; empty ones are passed over, others are faults."""
        numbers, whole, faults = [], [], []
        for place, row in enumerate(rows, start=at):
            if not any(cell.strip() for cell in row):
                continue
            if len(row) < self.width or any(row[self.width :]):
                message = f"Raden har {len(row)} celler, men det finns {self.width} rubriker."
                faults.append(Fault(self.name, message, place))
                continue
            numbers.append(place)
            whole.append(row[: self.width])
        return numbers, whole, faults

    def _torn(self, row: int, error: Exception) -> Fault:
        if "field limit" in str(error):
            longest = number(LONGEST_CELL)
            message = f"En cell är längre än {longest} tecken; saknas ett citattecken?"
        else:
            message = TORN
        return Fault(self.name, message, row)


def open_sheet(path: Path, table: Table, *, ignore_unknown: bool) -> Sheet:
    """Return the file at `path` as rows of `table`; raise Unreadable with every fault in it.

    `ignore_unknown` passes over columns that the table does not have.
    """
    name = safe(path.name)
    coding = _coding(path)
    with _open(path, coding) as file:
        line = file.readline(_BLOCK)
    if not line.strip():
        raise Unreadable(Fault(name, "Filen är tom; den första raden ska vara rubriker."))
    known = {fold(column.heading): column for column in table.columns}
    delimiter = max(DELIMITERS, key=lambda d: sum(h in known for h in _headings(line, d)))
    headings = _headings(line, delimiter)
    if not headings:
        raise Unreadable(Fault(name, TORN, 1))
    if len(headings) > MOST_COLUMNS:
        most = number(MOST_COLUMNS)
        raise Unreadable(Fault(name, f"Filen har fler än {most} kolumner; är den CSV?", 1))
    while headings and not headings[-1]:
        headings.pop()  # an empty column at the end of every row is of no consequence
    if not set(headings) & set(known):  # the first row may be somebody's: nothing of it is told
        message = f"Den första raden är inga rubriker; skriv dem överst: {_listed(table)}."
        raise Unreadable(Fault(name, message, 1))
    faults = _heading_faults(name, headings, known, ignore_unknown=ignore_unknown)
    if faults:
        raise Unreadable(*faults)
    places = {known[h].name: (known[h], i) for i, h in enumerate(headings) if h in known}
    return Sheet(
        path,
        table,
        coding,
        delimiter,
        tuple(column for column, _ in places.values()),
        tuple(place for _, place in places.values()),
        len(headings),
    )


def _headings(line: str, delimiter: str) -> list[str]:
    try:
        return [fold(h) for h in next(csv.reader([line], delimiter=delimiter, strict=True), [])]
    except csv.Error:
        return []


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


def _reader(file: IO[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(file, delimiter=delimiter, strict=True)


def _open(path: Path, coding: str) -> IO[str]:
    return path.open(encoding=coding, newline="")


def _coding(path: Path) -> str:
    """Return how the file is coded; raise Unreadable where it is no text, or of two kinds."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, mixed, row = True, False, 1
    for block in _blocks(path):
        if message := _binary(block):
            row += block.partition(b"\0")[0].count(b"\n")
            raise Unreadable(Fault(safe(path.name), message, row))
        row += block.count(b"\n")
        utf8 = utf8 and _is_utf8(decoder, block)
        mixed = mixed or bool(_UTF8_LETTER.search(block) or _NOT_1252.search(block))
    if utf8 and _is_utf8(decoder, b"", final=True):
        return "utf-8-sig"
    if mixed:
        message = "Filen är varken UTF-8 eller Windows-1252 rakt igenom; spara om den som UTF-8."
        raise Unreadable(Fault(safe(path.name), message))
    return "cp1252"


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{safe(str(path))} går inte att läsa: {reason}.") from error


def _binary(block: bytes) -> str:
    """Return why a block cannot be CSV, or nothing."""
    if b"\0" in block:  # UTF-16 has one in every other byte
        return "Filen är inte text i UTF-8; spara om den som CSV UTF-8."
    if len(block) == _BLOCK and b"\n" not in block and b"\r" not in block:
        return "Raden är för lång för att vara CSV."
    return ""


def _is_utf8(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True

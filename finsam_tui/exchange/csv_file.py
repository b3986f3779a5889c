"""A CSV file as rows of text: coding and delimiter found out, memory that does not grow with it.

A file is read twice. The first time only its bytes are looked at, for they say how the file is
coded; what is no text at all is refused there.
"""

from __future__ import annotations

import codecs
import csv
import re
from itertools import islice
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError
from finsam_tui.exchange.faults import Fault
from finsam_tui.exchange.reading import LONGEST_CELL, MOST_COLUMNS, Unreadable
from finsam_tui.text import fold, number, safe

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from pathlib import Path
    from typing import IO

    from finsam_tui.exchange.reading import Block
    from finsam_tui.exchange.tables import Column

DELIMITERS = ";,\t"
TORN = "Citattecknen går inte ihop; raden och resten av filen kan inte läsas."
_BLOCK = 1 << 20  # bytes; no line may be longer
# How å, ä, ö in UTF-8 look to Windows-1252, ”Ã¥”: no Swedish word has it.
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")
_NOT_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


class CsvFile:
    """A source of rows; see `reading.Source`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name, self.place = safe(path.name), safe(str(path))
        self._coding = ""
        self._delimiter = ""

    def headings(self, known: Container[str]) -> list[str]:
        """Return the first row's cells, folded; the delimiter gives most that are `known`."""
        self._coding = _coding(self.path)
        with _open(self.path, self._coding) as file:
            line = file.readline(_BLOCK)
        if not line.strip():
            message = "Filen är tom; den första raden ska vara rubriker."
            raise Unreadable(Fault(self.name, message))
        self._delimiter = max(DELIMITERS, key=lambda d: sum(h in known for h in _split(line, d)))
        headings = _split(line, self._delimiter)
        if not headings:
            raise Unreadable(Fault(self.name, TORN, 1))
        if len(headings) > MOST_COLUMNS:
            most = number(MOST_COLUMNS)
            message = f"Filen har fler än {most} kolumner; är den CSV?"
            raise Unreadable(Fault(self.name, message, 1))
        return headings

    def blocks(self, size: int, _width: int) -> Iterator[Block]:
        """Yield the rows below the headings, `size` at a time."""
        with _open(self.path, self._coding) as file:
            reader = _reader(file, self._delimiter)
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
                    yield range(at, at + len(rows)), rows, fault
                if fault or not rows:
                    return
                at += len(rows)

    def fit(self, _column: Column, cells: Sequence[str]) -> Sequence[str]:
        """Return the cells: what stands in the file is what was meant."""
        return cells

    def _torn(self, row: int, error: Exception) -> Fault:
        if "field limit" in str(error):
            longest = number(LONGEST_CELL)
            message = f"En cell är längre än {longest} tecken; saknas ett citattecken?"
        else:
            message = TORN
        return Fault(self.name, message, row)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [fold(h) for h in next(csv.reader([line], delimiter=delimiter, strict=True), [])]
    except csv.Error:
        return []


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

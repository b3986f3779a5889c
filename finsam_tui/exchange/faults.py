"""What is wrong in imported files: where, what kind of value stands there, and what may stand.

A value itself is never told: it can be a personal number in the wrong column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from finsam_tui.text import number, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 50
# How a cell begins that has no value to read; what is wrong with it follows. No text begins so.
BROKEN = "\0"

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"[-−+]?[\d  ]*\d(?:[.,]\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a file, a row of it (as a spreadsheet counts them) or a cell."""

    file: str
    message: str
    row: int = 0
    column: str = ""
    found: str = ""  # the kind of value that stands there

    def __str__(self) -> str:
        """Return the line that tells it: "lägen.csv rad 14, steg: text, 12 tecken. Välj …"."""
        place = self.file
        if self.row:
            place += f" rad {number(self.row)}"
        if self.column:
            place += f", {self.column}"
        found = f"{self.found}. " if self.found else ""
        return safe(f"{place}: {found}{self.message}")


@dataclass(slots=True)
class Faults:
    """Faults counted, the first ones kept."""

    shown: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, faults: Iterable[Fault]) -> None:
        """Take in faults, in the order they are to be told."""
        for fault in faults:
            self.count += 1
            if len(self.shown) < SHOWN:
                self.shown.append(fault)


def kind_of(raw: str) -> str:
    """Return what kind of value a cell holds, and nothing of the value: "text, 12 tecken"."""
    raw = raw.strip()
    if not raw:
        return "tom cell"
    if raw.startswith(BROKEN):
        return ""
    if _DATE.fullmatch(raw):
        return "datum"
    if _NUMBER.fullmatch(raw):
        return "tal"
    return f"text, {number(len(raw))} tecken"

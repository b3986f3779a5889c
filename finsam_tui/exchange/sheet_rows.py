"""The rows of a worksheet's XML, as texts by column; what is empty takes no room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from finsam_tui.exchange.package import DAMAGED, Damaged
from finsam_tui.exchange.reading import LONGEST_CELL, MOST_COLUMNS
from finsam_tui.exchange.sheet_values import NOT_COUNTED
from finsam_tui.exchange.xml_parts import Part
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Spell = Callable[[str, str, str], str]  # type, style, what stands in it → a cell's text

LAST_ROW = 1 << 20  # as many as a sheet can have
_LETTERS = re.compile("[A-Z]{1,3}")


class SheetRows(Part):
    """Gathers (number, cells) of every row with something in it in `rows`, in order."""

    root = "worksheet"

    def __init__(self, spell: Spell) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[str]]] = []
        self.row = 0  # that was reached
        self._spell = spell
        self._columns: dict[str, int] = {}  # letters → place
        self._cells: list[str] = []
        self._column = -1
        self._type, self._style, self._formula = "n", "0", False
        self._pieces: list[str] = []
        self._length = 0
        self._taking = self._phonetic = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Take the beginning of a row, a cell or what stands in it."""
        if name == "c":
            self._column = self._place(given["r"]) if "r" in given else self._column + 1
            self._type, self._style = given.get("t", "n"), given.get("s", "0")
            self._formula = False
        elif name in ("v", "t"):
            self._taking = not self._phonetic
        elif name == "row":
            self._begin_row(given.get("r"))
        elif name == "f":
            self._formula = True
        elif name == "rPh":  # how an East Asian name is said
            self._phonetic = True

    def end(self, name: str) -> None:
        """Take the end of a row, a cell or what stands in it."""
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._taking = False
        elif name == "row":
            if self._cells:
                self.rows.append((self.row, self._cells))
        elif name == "rPh":
            self._phonetic = False

    def text(self, text: str) -> None:
        """Take a piece of what stands in a cell."""
        if self._taking:
            self._pieces.append(text)
            self._length += len(text)
            if self._length > LONGEST_CELL:
                raise Damaged(f"En cell är längre än {number(LONGEST_CELL)} tecken.")

    def _begin_row(self, at: str | None) -> None:
        row = int(at) if at else self.row + 1
        if not self.row < row <= LAST_ROW:
            raise Damaged(DAMAGED)
        self.row, self._cells, self._column = row, [], -1

    def _end_cell(self) -> None:
        if self._pieces:
            text = self._spell(self._type, self._style, "".join(self._pieces))
            self._pieces, self._length = [], 0
        elif self._formula and self._type != "str":
            text = NOT_COUNTED
        else:
            return
        if self._column >= MOST_COLUMNS:
            most = number(MOST_COLUMNS)
            raise Damaged(f"Något står till höger om den {most}:e kolumnen; ta bort det.")
        cells = self._cells
        while len(cells) <= self._column:
            cells.append("")
        cells[self._column] = text

    def _place(self, ref: str) -> int:
        """Return the place of the column that a reference such as "AB12" is in, from 0."""
        letters = ref.rstrip("0123456789")
        if letters not in self._columns:
            if not _LETTERS.fullmatch(letters):
                raise Damaged(DAMAGED)
            place = 0
            for letter in letters:
                place = place * 26 + ord(letter) - ord("A") + 1
            self._columns[letters] = place - 1
        return self._columns[letters]

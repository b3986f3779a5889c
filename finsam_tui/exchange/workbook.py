"""A workbook, .xlsx, as tables of text: a sheet each, read row by row by openpyxl.

Nothing in it is run or followed. Only the texts that sheets share are kept in memory. It is the
library's parser of sheets that is asked for rows: those that its sheets hand out lack what stands
out of order, and have an empty cell for a formula that was never worked out.
"""

from __future__ import annotations

import io
import warnings
from contextlib import closing, redirect_stdout, suppress
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser
from openpyxl.worksheet.worksheet import Worksheet

from finsam_tui.errors import InputError
from finsam_tui.exchange import sheet_values as values
from finsam_tui.exchange.faults import BROKEN, Fault
from finsam_tui.exchange.package import SAVE_AS, Pieces, check
from finsam_tui.exchange.reading import MOST_COLUMNS, Unreadable
from finsam_tui.text import fold, number, safe

if TYPE_CHECKING:
    from collections.abc import Container, Generator, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from openpyxl.packaging.workbook import ChildSheet

    from finsam_tui.exchange.reading import Block
    from finsam_tui.exchange.tables import Column

    _Cell = tuple[int, object, str, str]

DAMAGED = "Arbetsboken är skadad; spara den på nytt i Excel eller LibreOffice och försök igen."
LAST_ROW = 1 << 20  # as many as a sheet can have


class _Parser(WorkSheetParser):
    """The library's parser of a sheet; of a formula without a value it tells that it is one."""

    def parse_cell(self, element: Element) -> dict[str, object]:
        """Return what is known of a cell."""
        found: dict[str, object] = super().parse_cell(element)
        value, kind = found["value"], found["data_type"]
        if value is None and kind != "str" and element.find(FORMULA_TAG) is not None:
            found["data_type"] = "f"
        elif isinstance(value, str) and element.get("t") != "s":  # shared ones are seen to already
            found["value"] = values.unescaped(value)
        return found


class _Reader(ExcelReader):
    """The library's reader of a workbook, up to its sheets."""

    def read_worksheets(self) -> None:
        """Leave the sheets to be read when they are asked for, and charts and pictures alone."""


class Workbook:
    """The sheets of a file; raises InputError where it is no workbook that can be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name, self.place = safe(path.name), safe(str(path))
        # The library warns of what it passes over, and tells what stands in cells.
        warnings.filterwarnings("ignore", module=r"openpyxl\.")
        try:
            check(path)
            self._open()
        except InputError:
            raise
        except Exception as error:  # whatever a library raises, the file is not what it says
            raise InputError(f"{self.name} är ingen arbetsbok, eller skadad; {SAVE_AS}.") from error

    def _open(self) -> None:
        with redirect_stdout(None), Pieces(self.path) as file:  # it prints what it cannot find
            reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
            reader.read()
            found = list(reader.parser.find_sheets())
        self.epoch: datetime = reader.wb.epoch
        self.texts = [values.unescaped(text) for text in reader.shared_strings]
        self.styled = Worksheet(reader.wb)  # knows the number formats of the styles
        listed = [(sheet, rel.target) for sheet, rel in found if "worksheet" in rel.Type]
        there = {part for _, part in listed}.intersection(reader.valid_files)
        if not listed or len(there) < len(listed):
            raise ValueError
        self.sheets = [WorkbookSheet(self, sheet, part) for sheet, part in listed]


class WorkbookSheet:
    """A source of rows; see `reading.Source`. Its cells are the texts that would have been typed.

    A cell that has no value says why: BROKEN, and what to do.
    """

    def __init__(self, book: Workbook, sheet: ChildSheet, part: str) -> None:
        self.title = str(sheet.name)
        self.hidden = sheet.state != "visible"
        self.name = f"{book.name} blad {safe(self.title)}"
        self.place = f"{book.place} blad {safe(self.title)}"
        self._book = book
        self._part = part

    @property
    def is_empty(self) -> bool:
        """Whether it can be read, and nothing stands in any cell."""
        with suppress(Unreadable):
            return not self._first()[0]
        return False

    def headings(self, _known: Container[str]) -> list[str]:
        """Return the first row's cells, folded."""
        number, cells = self._first()
        if not number:
            message = "Bladet är tomt; den första raden ska vara rubriker."
            raise Unreadable(Fault(self.name, message))
        broken = [cell for cell in cells if cell.startswith(BROKEN)]
        if broken:
            raise Unreadable(Fault(self.name, broken[0].removeprefix(BROKEN), number))
        return [fold(cell) for cell in cells] if number == 1 else []

    def blocks(self, size: int, width: int) -> Iterator[Block]:
        """Yield the rows below the headings, `size` at a time; empty ones are left out."""
        numbers: list[int] = []
        rows: list[list[str]] = []
        fault = None
        try:
            for number, cells in self._rows():
                if number == 1:
                    continue
                if len(rows) == size:
                    yield numbers, rows, None
                    numbers, rows = [], []
                cells.extend([""] * (width - len(cells)))
                numbers.append(number)
                rows.append(cells)
        except Unreadable as error:
            (fault,) = error.faults
        if rows or fault:
            yield numbers, rows, fault

    def fit(self, column: Column, cells: Sequence[str]) -> Sequence[str]:
        """Return the cells; a figure that has lost its noughts says so."""
        if not values.can_lose(column):
            return cells
        return [values.meant(column, cell) for cell in cells]

    def _first(self) -> tuple[int, list[str]]:
        """Return the first row with something in it; number 0 where there is none."""
        with closing(self._rows()) as rows:
            return next(rows, (0, []))

    def _rows(self) -> Generator[tuple[int, list[str]]]:
        """Yield number and texts of every row that has some; raises Unreadable."""
        last = 0
        for at, cells in self._parsed():
            if not last < at <= LAST_ROW:
                raise Unreadable(Fault(self.name, DAMAGED, last))
            last = at
            width = max((column for column, *_ in cells), default=0)
            if width > MOST_COLUMNS:
                place = f"till höger om den {number(MOST_COLUMNS)}:e kolumnen"
                raise Unreadable(Fault(self.name, f"Något står {place}; ta bort det.", at))
            texts = [""] * width
            for column, value, kind, code in cells:
                texts[column - 1] = values.text(value, kind, code, self._book.epoch)
            if texts:
                yield at, texts

    def _parsed(self) -> Generator[tuple[int, list[_Cell]]]:
        """Yield number and cells of every row; raises Unreadable where the library gives up."""
        parser = _Parser(io.BytesIO(), self._book.texts, data_only=True)
        try:
            with (
                Pieces(self._book.path) as file,
                ZipFile(file) as parts,
                parts.open(self._part) as parser.source,
            ):
                for at, found in parser.parse():
                    yield at, self._cells(found)
        except Exception as error:
            raise Unreadable(Fault(self.name, DAMAGED, parser.row_counter)) from error

    def _cells(self, found: list[dict[str, Any]]) -> list[_Cell]:
        """Return column, value, data type and number format of the cells with something in them."""
        cells = [ReadOnlyCell(self._book.styled, **cell) for cell in found]
        return [
            (cell.column, cell.value, cell.data_type, cell.number_format)
            for cell in cells
            if cell.value not in (None, "") or cell.data_type == "f"
        ]

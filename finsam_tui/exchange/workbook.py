"""A workbook, .xlsx, as tables of text: a sheet each, read row by row.

Nothing in it is run, followed or opened but its sheets, their texts and how their cells are shown.
Only the texts that sheets share are kept in memory. Of the libraries that read workbooks one makes
an array of all between a sheet's corners, and takes an error for an empty cell; another takes twice
as long as this. So it is read with the standard library's zip and XML.
"""

from __future__ import annotations

import posixpath
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError
from finsam_tui.exchange import sheet_values as values
from finsam_tui.exchange.faults import BROKEN, Fault
from finsam_tui.exchange.package import DAMAGED, Damaged, Package
from finsam_tui.exchange.reading import Unreadable
from finsam_tui.exchange.sheet_rows import SheetRows
from finsam_tui.exchange.workbook_parts import Contents, Relations, Styles, Texts
from finsam_tui.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Container, Generator, Iterator, Sequence
    from pathlib import Path

    from finsam_tui.exchange.reading import Block
    from finsam_tui.exchange.tables import Column
    from finsam_tui.exchange.xml_parts import Part


class Workbook:
    """The sheets of a file; raises InputError where it is no workbook that can be read."""

    def __init__(self, path: Path) -> None:
        self._package = Package(path)
        self.name, self.place = safe(path.name), safe(str(path))
        try:
            self._open()
        except Damaged as error:
            raise InputError(f"{self.name} går inte att läsa. {error}") from error

    def _open(self) -> None:
        roots = self._related("").values()
        main = next((target for kind, target in roots if kind == "officeDocument"), "")
        contents = Contents()
        self._read(main, contents)
        self.from_1904 = contents.from_1904
        texts, styles = Texts(), Styles()
        related = self._related(main)
        for kind, target in related.values():
            if kind == "sharedStrings":
                self._read(target, texts)
            elif kind == "styles":
                self._read(target, styles)
        self.texts, self.shown = texts.texts, styles.shown()
        self.sheets = [
            WorkbookSheet(self, sheet.title, related[sheet.relation][1], hidden=sheet.hidden)
            for sheet in contents.sheets
            if related.get(sheet.relation, ("", ""))[0] == "worksheet"
        ]

    def rows(self, part: str) -> Generator[tuple[int, list[str]]]:
        """Yield number and cells of every row of a sheet that has some; raises Damaged."""
        found = SheetRows(self._spell)
        try:
            for _ in found.read(self._package.blocks(part)):
                yield from found.rows
                found.rows.clear()
        except Damaged as error:
            error.row = found.row
            raise

    def _spell(self, kind: str, style: str, raw: str) -> str:
        """Return a cell's text; one that has no value tells why in place of it."""
        if kind == "s":
            return self._shared(raw)
        if kind == "n":
            shown = self.shown.get(style, values.PLAIN)
            return values.number(raw, shown, from_1904=self.from_1904)
        if kind not in values.SPELLED:
            raise Damaged(DAMAGED)
        return values.SPELLED[kind](raw)

    def _shared(self, raw: str) -> str:
        if not raw.isdecimal() or int(raw) >= len(self.texts):
            raise Damaged(DAMAGED)
        return self.texts[int(raw)]

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part is related to: id → kind, name of the other part."""
        folder, name = posixpath.split(part)
        found = Relations()
        self._read(posixpath.join(folder, "_rels", f"{name}.rels"), found)
        return {
            id: (kind, posixpath.normpath(posixpath.join("/", folder, target))[1:])
            for id, (kind, target) in found.by_id.items()
        }

    def _read(self, name: str, part: Part) -> None:
        for _ in part.read(self._package.blocks(name)):
            pass


class WorkbookSheet:
    """A source of rows; see `reading.Source`. Its cells are the texts that would have been typed.

    A cell that has no value says why: BROKEN, and what to do.
    """

    def __init__(self, book: Workbook, title: str, part: str, *, hidden: bool) -> None:
        self.title = title
        self.hidden = hidden
        self.name = f"{book.name} blad {safe(title)}"
        self.place = f"{book.place} blad {safe(title)}"
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
            for number, cells in self._book.rows(self._part):
                if number == 1:
                    continue
                if len(rows) == size:
                    yield numbers, rows, None
                    numbers, rows = [], []
                cells.extend([""] * (width - len(cells)))
                numbers.append(number)
                rows.append(cells)
        except Damaged as error:
            fault = Fault(self.name, str(error), error.row)
        if rows or fault:
            yield numbers, rows, fault

    def fit(self, column: Column, cells: Sequence[str]) -> Sequence[str]:
        """Return the cells; a figure that has lost its noughts says so."""
        if not values.can_lose(column):
            return cells
        return [values.meant(column, cell) for cell in cells]

    def _first(self) -> tuple[int, list[str]]:
        """Return the first row with something in it; number 0 where there is none."""
        with closing(self._book.rows(self._part)) as rows:
            try:
                return next(rows, (0, []))
            except Damaged as error:
                raise Unreadable(Fault(self.name, str(error), error.row)) from error

"""Puts exported tables on disk, private, whole or not at all: CSV files or a workbook.

What is being written lies in a folder of its own beside the place that it gets, and is gone with it
whatever happens; what a killed program left there goes before the next one writes.
"""

from __future__ import annotations

import csv
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from finsam_tui.errors import UsageError
from finsam_tui.exchange.tables import tables
from finsam_tui.storage import files
from finsam_tui.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from finsam_tui.exchange.export_cells import Cell
    from finsam_tui.exchange.exporting import Sheet

    Put = Callable[[Sheet], int]  # writes a table and returns how many rows it has

MOST_ROWS = 1_048_575  # of a sheet of Excel's, below the headings
_WIDTH = 18  # characters of a column
_BOOK, _TABLE = "bok.xlsx", "tabell.csv"
_OWN = (_BOOK, _TABLE, "tmp")  # how the names of what a file is made of begin


def is_workbook(path: Path) -> bool:
    """Return whether a workbook is asked for."""
    return path.suffix.lower() == ".xlsx"


def is_csv(path: Path) -> bool:
    """Return whether a single table is asked for, as a file of its own."""
    return path.suffix.lower() == ".csv"


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raise UsageError where there is something at `path` that is not to be replaced.

    A folder is replaced only where all that it holds is what an export writes.
    """
    if not path.exists() and not path.is_symlink():
        return
    if not force:
        raise UsageError(f"{path} finns redan; välj ett annat namn, eller ange --force.")
    if not (path.is_file() if is_workbook(path) or is_csv(path) else _ours(path)):
        raise UsageError(f"{path} är något annat än en export; välj ett annat namn.")


@contextmanager
def folder(path: Path) -> Iterator[Put]:
    """Let tables be written as NAME.csv in a new folder, which is at `path` once all are."""
    with files.told(path), _work(path) as work:

        def put(sheet: Sheet) -> int:
            return _write_csv(work / f"{sheet.name}.csv", sheet)

        yield put
        files.sync_folder(work)
        _move(work, path)


@contextmanager
def csv_file(path: Path) -> Iterator[Put]:
    """Let one table be written as a CSV file, which is at `path` once it is."""
    with files.told(path), _work(path) as work:
        made = work / _TABLE
        yield lambda sheet: _write_csv(made, sheet)
        made.replace(path)
        files.sync_folder(path.parent)


@contextmanager
def workbook(path: Path) -> Iterator[Put]:
    """Let tables be written as sheets of a workbook, which is at `path` once all are."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with files.told(path), _work(path) as work:
        made = work / _BOOK
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            options = {
                "constant_memory": True,
                "tmpdir": str(work),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "use_zip64": True,
            }
            book = Workbook(file, options)
            heading = book.add_format({"bold": True})

            def put(sheet: Sheet) -> int:
                page = book.add_worksheet(sheet.name)
                page.freeze_panes(1, 0)
                page.set_column(0, len(sheet.headings) - 1, _WIDTH)
                for column, text in enumerate(sheet.headings):
                    page.write_string(0, column, text, heading)
                return _write_rows(page, sheet)

            try:
                yield put
                book.close()
            except FileCreateError as error:
                raise error.args[0] from None  # what the disk said
            finally:
                _let_go(book)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
        files.sync_folder(path.parent)


@contextmanager
def _work(path: Path) -> Iterator[Path]:
    """Give a private folder to write in, beside `path`; it and what is left in it go afterwards."""
    work = path.with_name(f"{path.name}.part")
    for left in (work, _replaced(path)):
        if left.exists():
            if not _ours(left, *_OWN):
                raise UsageError(f"{left} är i vägen; flytta den.")
            shutil.rmtree(left)
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _replaced(path: Path) -> Path:
    return path.with_name(f"{path.name}.gammal")


def _move(work: Path, path: Path) -> None:
    """Put the folder `work` in the place of any other one at `path`."""
    old = _replaced(path)
    if path.exists():
        path.rename(old)
    try:
        work.rename(path)
    except BaseException:
        if old.exists():
            old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)
    files.sync_folder(path.parent)


def _ours(folder: Path, *more: str) -> bool:
    """Return whether a folder holds nothing but an export (or what begins with one of `more`)."""
    names = {f"{table.name}.csv" for table in tables()}
    return folder.is_dir() and all(
        file.is_file() and (file.name in names or file.name.startswith(more))
        for file in folder.iterdir()
    )


def _write_csv(path: Path, sheet: Sheet) -> int:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    count = 0
    # Without the mark that utf-8-sig puts first, Excel takes å for Ã¥.
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(sheet.headings)
        for row in sheet.rows:
            writer.writerow(map(_plain, row))
            count += 1
        file.flush()
        os.fsync(handle)
    return count


def _plain(cell: Cell) -> str:
    """Return a cell as CSV has it: a number with a comma, a text that no program works out."""
    if isinstance(cell, str):
        return quoted(cell)
    return str(cell).removesuffix(".0").replace(".", ",")


def _write_rows(page: Worksheet, sheet: Sheet) -> int:
    count = 0
    for count, row in enumerate(sheet.rows, start=1):
        if count > MOST_ROWS:
            raise UsageError(
                f"{sheet.name} har fler rader än ett Excelblad rymmer; exportera till en katalog."
            )
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    page.write_string(count, column, _worded(cell))
            else:
                page.write_number(count, column, cell)
    return count


def _let_go(book: Workbook) -> None:
    """Close the files that a workbook is made of; one that was finished has done it."""
    for page in book.worksheets():
        with suppress(OSError):  # of a full disk, once more
            page.row_data_fh.close()


def _worded(text: str) -> str:
    """Return a text as a cell holds it that is a text whatever it begins with.

    Only quotes need one more, for the import takes one away. What looks like a rich text of
    xlsxwriter's would be put into the file as it stands; a blank of no width makes it another, and
    is not stored.
    """
    if text.startswith("'"):
        return quoted(text)
    return f"{text}\u200b" if text.startswith("<r>") and text.endswith("</r>") else text

"""Which files and sheets an import reads, and which table each is."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError
from finsam_tui.exchange.csv_file import CsvFile
from finsam_tui.exchange.tables import tables
from finsam_tui.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from finsam_tui.exchange.reading import Source
    from finsam_tui.exchange.workbook import WorkbookSheet

WORKBOOK = ".xlsx"
_OTHER_BOOKS = (".xlsm", ".xlsb", ".xls", ".ods")


def find(paths: Iterable[Path], *, ignore_unknown: bool) -> tuple[dict[str, Source], list[str]]:
    """Return table name → what holds it, and the names of what was passed over.

    A path is a folder of NAME.csv, a file, or a workbook with a sheet a table; names count whatever
    their case and accents are coded like. Raises InputError at a CSV file or a sheet that is no
    table, and at a workbook that cannot be read.
    """
    found: dict[str, Source] = {}
    passed: list[str] = []
    for title, source in _sources(paths, passed):
        table = _table(title, source.name, ignore_unknown=ignore_unknown)
        if not table:
            passed.append(source.name)
        elif table in found:
            raise InputError(
                f"tabellen {table} finns två gånger: {found[table].place} och {source.place}; "
                "ta bort den ena."
            )
        else:
            found[table] = source
    if not found:
        raise InputError(
            "det finns ingen tabell att läsa in; filerna heter som deltagare.csv, och en "
            "arbetsboks blad som deltagare."
        )
    return found, sorted(passed)


def _sources(paths: Iterable[Path], passed: list[str]) -> Iterator[tuple[str, Source]]:
    """Yield what may be a table, after what it is called."""
    for path in _files(paths, passed):
        suffix = path.suffix.lower()
        if suffix == WORKBOOK:
            yield from _sheets(path, passed)
        elif suffix in _OTHER_BOOKS:
            raise InputError(
                f"{safe(path.name)} är en arbetsbok av ett slag som inte läses; öppna den och "
                "spara den som .xlsx."
            )
        else:
            yield path.stem, CsvFile(path)


def _sheets(path: Path, passed: list[str]) -> Iterator[tuple[str, WorkbookSheet]]:
    """Yield the sheets of a workbook; one that is empty, or hidden, may be no table."""
    from finsam_tui.exchange.workbook import Workbook

    known = {fold(table.name) for table in tables()}
    for sheet in Workbook(path).sheets:
        if fold(sheet.title) not in known and (sheet.hidden or sheet.is_empty):
            passed.append(sheet.name)
        elif sheet.hidden:
            raise InputError(f"{sheet.name} är dolt; visa bladet, eller ta bort det.")
        else:
            yield sheet.title, sheet


def _files(paths: Iterable[Path], passed: list[str]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise InputError(f"{safe(str(path))} finns inte.")
            if not path.is_file():  # a named pipe would be waited for, a device has no end
                raise InputError(f"{safe(str(path))} är ingen vanlig fil.")
            files.append(path)
            continue
        inside = _inside(path)
        files += [p for p in inside if p.suffix.lower() == ".csv"]
        passed += [safe(p.name) for p in inside if p.suffix.lower() != ".csv"]
    return files


def _inside(folder: Path) -> list[Path]:
    """Return the files of a folder that are not hidden, in order."""
    try:
        return sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{safe(str(folder))} går inte att läsa: {reason}.") from error


def _table(title: str, shown: str, *, ignore_unknown: bool) -> str:
    """Return the table that something is called after; nothing for what is to be passed over."""
    known = {fold(table.name): table.name for table in tables()}
    name = fold(title)
    if name in known or ignore_unknown:
        return known.get(name, "")
    near = difflib.get_close_matches(name, known, n=2, cutoff=0.7)
    hint = " eller ".join(known[n] for n in near)
    raise InputError(
        f"{shown} är ingen tabell i formatet{f'; menades {hint}?' if hint else '.'} "
        "--ignore-unknown hoppar över okända filer och blad."
    )

"""Which files an import reads, and which table each is."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError
from finsam_tui.exchange.tables import tables
from finsam_tui.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from finsam_tui.exchange.tables import Table

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def find(paths: Iterable[Path], *, ignore_unknown: bool) -> tuple[dict[str, Path], list[str]]:
    """Return table name → its file, and the names of the files passed over.

    A path is a folder of NAME.csv or a file; names count whatever their case and accents are coded
    like. Raises InputError at a CSV file that is no table, and at a workbook, which is not opened.
    """
    found: dict[str, Path] = {}
    passed: list[str] = []
    for path in _files(paths, passed):
        table = _table(path, ignore_unknown=ignore_unknown)
        if table is None:
            passed.append(safe(path.name))
        elif table.name in found:
            raise InputError(
                f"det finns två filer för {table.name}: {safe(str(found[table.name]))} och "
                f"{safe(str(path))}; ta bort den ena."
            )
        else:
            found[table.name] = path
    if not found:
        raise InputError("det finns ingen CSV-fil att läsa in; de heter som deltagare.csv.")
    return found, sorted(passed)


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


def _table(path: Path, *, ignore_unknown: bool) -> Table | None:
    """Return the table that a file is named after; None for one to pass over."""
    if path.suffix.lower() in _WORKBOOKS:
        raise InputError(
            f"{safe(path.name)} är en arbetsbok, och sådana kan inte läsas in än; "
            "spara varje blad som CSV i en katalog."
        )
    known = {fold(table.name): table for table in tables()}
    name = fold(path.stem)
    if name in known or ignore_unknown:
        return known.get(name)
    shown = safe(path.name)
    near = difflib.get_close_matches(name, known, n=2, cutoff=0.7)
    hint = " eller ".join(f"{known[n].name}.csv" for n in near)
    raise InputError(
        f"{shown} är ingen tabell i formatet{f'; menades {hint}?' if hint else '.'} "
        "--ignore-unknown hoppar över okända filer."
    )

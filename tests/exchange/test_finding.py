"""Which files are read, whatever their names look like, and which are refused or passed over."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import FinsamError, InputError
from finsam_tui.exchange.finding import find

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).touch()
    return folder


def names(folder: Path, *, ignore_unknown: bool = False) -> tuple[list[str], list[str]]:
    """Return the tables found in a folder, and the files passed over."""
    found, passed = find([folder], ignore_unknown=ignore_unknown)
    return sorted(found), passed


def test_names_count_whatever_their_case_and_however_accents_are_coded(tmp_path: Path) -> None:
    put(tmp_path, "DELTAGARE.CSV", unicodedata.normalize("NFD", "Förbund.csv"), "lagen.csv")
    assert names(tmp_path) == (["deltagare", "förbund", "lägen"], [])


def test_other_files_are_passed_over_and_named(tmp_path: Path) -> None:
    put(tmp_path, "ors.csv", "läsmig.txt", "bok.xlsx", ".DS_Store")
    assert names(tmp_path) == (["ors"], ["bok.xlsx", "läsmig.txt"])


def test_single_files_are_read(tmp_path: Path) -> None:
    put(tmp_path, "ors.csv", "planer.csv")
    found, _ = find([tmp_path / "ors.csv"], ignore_unknown=False)
    assert {name: source.place for name, source in found.items()} == {
        "ors": str(tmp_path / "ors.csv")
    }


def test_unknown_tables_can_be_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "ors.csv", "löner.csv", "annat.csv")
    assert names(tmp_path, ignore_unknown=True) == (["ors"], ["annat.csv", "löner.csv"])


@pytest.mark.parametrize(
    ("files", "error", "line"),
    [
        (
            (),
            InputError,
            (
                "det finns ingen tabell att läsa in; filerna heter som deltagare.csv, och en "
                "arbetsboks blad som deltagare."
            ),
        ),
        (
            ("deltagre.csv",),
            InputError,
            (
                "deltagre.csv är ingen tabell i formatet; menades deltagare? "
                "--ignore-unknown hoppar över okända filer och blad."
            ),
        ),
        (
            ("zzz.csv",),
            InputError,
            (
                "zzz.csv är ingen tabell i formatet. "
                "--ignore-unknown hoppar över okända filer och blad."
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, files: tuple[str, ...], error: type[FinsamError], line: str
) -> None:
    with pytest.raises(error) as told:
        names(put(tmp_path, *files))
    assert str(told.value) == line


def test_two_files_of_a_table_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "lägen.csv", "lagen.csv")
    with pytest.raises(InputError, match="tabellen lägen finns två gånger"):
        names(tmp_path)


@pytest.mark.parametrize("name", ["bok.xlsm", "bok.xls", "bok.ODS", "bok.xlsb"])
def test_workbooks_of_other_kinds_are_not_even_opened(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    (tmp_path / name).chmod(0)
    with pytest.raises(InputError, match=r"spara den som \.xlsx"):
        find([tmp_path / name], ignore_unknown=False)


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"saknas\.csv finns inte"):
        find([tmp_path / "saknas.csv"], ignore_unknown=False)

"""Exported files are private, there whole or not at all, and in the place of nothing else."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from finsam_tui.errors import CopyError, UsageError
from finsam_tui.exchange import export_files
from finsam_tui.exchange.exporting import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.exchange.exporting import Row

ROWS: list[Row] = [("D1", "=1+1", 24.6, 7), ("D2", "'så", "", 1000000.0)]
HEADINGS = ("deltagare_id", "förnamn", "summa", "timmar")
OPENED = {
    "ut": export_files.folder,
    "ut.csv": export_files.csv_file,
    "ut.xlsx": export_files.workbook,
}


def put(path: Path, rows: list[Row] | Iterator[Row]) -> None:
    with OPENED[path.name](path) as write:
        write(Sheet("deltagare", HEADINGS, iter(rows)))


def full_disk() -> Iterator[Row]:
    yield ROWS[0]
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupted() -> Iterator[Row]:
    yield ROWS[0]
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", OPENED)
def test_they_are_their_owners_alone(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, ROWS)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    modes = {p.stat().st_mode & 0o777 for p in tmp_path.rglob("*") if p.is_file()}
    assert modes == {0o600}
    assert name != "ut" or (tmp_path / name).stat().st_mode & 0o777 == 0o700


def test_figures_are_figures_and_texts_are_texts(tmp_path: Path) -> None:
    put(tmp_path / "ut", ROWS)
    lines = (tmp_path / "ut" / "deltagare.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines == [";".join(HEADINGS), "D1;'=1+1;24,6;7", "D2;'så;;1000000", ""]
    put(tmp_path / "ut.xlsx", ROWS)
    book = load_workbook(tmp_path / "ut.xlsx")
    assert book.sheetnames == ["deltagare"]
    cells = [[(c.value, c.data_type) for c in row] for row in book["deltagare"]]
    assert [value for value, _ in cells[0]] == list(HEADINGS)
    assert cells[1] == [("D1", "s"), ("=1+1", "s"), (24.6, "n"), (7, "n")]
    assert cells[2] == [("D2", "s"), ("'så", "s"), (None, "n"), (1000000, "n")]


@pytest.mark.parametrize("name", OPENED)
@pytest.mark.parametrize(
    ("rows", "error"), [(full_disk, CopyError), (interrupted, KeyboardInterrupt)]
)
def test_nothing_is_left_half_made(
    tmp_path: Path, name: str, rows: type[Iterator[Row]], error: type[BaseException]
) -> None:
    with pytest.raises(error):
        put(tmp_path / name, rows())
    assert list(tmp_path.iterdir()) == []
    put(tmp_path / name, ROWS)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(error):
        put(tmp_path / name, rows())
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("name", OPENED)
def test_what_a_killed_one_left_goes(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.part").mkdir()
    (tmp_path / f"{name}.part" / "deltagare.csv").touch()
    put(tmp_path / name, ROWS)
    put(tmp_path / name, ROWS[:1])  # in the place of the first one
    assert [path.name for path in tmp_path.iterdir()] == [name]
    (tmp_path / f"{name}.part").mkdir()
    (tmp_path / f"{name}.part" / "annat.txt").touch()
    with pytest.raises(UsageError, match="i vägen"):
        put(tmp_path / name, ROWS)


def test_only_an_export_is_replaced(tmp_path: Path) -> None:
    put(tmp_path / "ut", ROWS)
    put(tmp_path / "ut.xlsx", ROWS)
    for path in (tmp_path / "ut", tmp_path / "ut.xlsx"):
        export_files.refuse_existing(path, force=True)
        with pytest.raises(UsageError, match="finns redan"):
            export_files.refuse_existing(path, force=False)
    (tmp_path / "ut" / "brev.txt").touch()
    (tmp_path / "fil").touch()
    (tmp_path / "bok.xlsx").mkdir()
    for name in ("ut", "fil", "bok.xlsx"):
        with pytest.raises(UsageError, match="något annat än en export"):
            export_files.refuse_existing(tmp_path / name, force=True)
    export_files.refuse_existing(tmp_path / "ny", force=False)


def test_a_sheet_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_files, "MOST_ROWS", 1)
    with pytest.raises(UsageError, match="exportera till en katalog"):
        put(tmp_path / "ut.xlsx", ROWS)
    assert list(tmp_path.iterdir()) == []

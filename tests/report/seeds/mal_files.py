"""Writes tables of the exchange format from rows of plain values, and reads them in."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from finsam_tui.exchange.importing import import_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from finsam_tui.storage.register import Register


def write(folder: Path, table: str, heading: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Write a table; `heading` names its columns, parted by blanks. None is an empty cell."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heading.split())
        writer.writerows(rows)


def take_in(register: Register, folder: Path, now: datetime) -> None:
    """Read the folder into the register; the test fails where a row of it is refused."""
    report = import_files(register, [folder], now=now)
    assert [str(fault) for fault in report.faults.shown] == []

"""A register, and files to import into it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finsam_tui.exchange.importing import Report, import_files
from tests.register import empty_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.storage.register import Register

NOW = datetime(2024, 12, 31, 12)
SYDNARKE = Path(__file__).parent.parent / "data" / "sydnarke-2024"

# A register with one of each, as short as can be.
LISTS = {
    "kommuner": "kod;namn\n1881;Kumla\n",
    "insatser": "insats_id;namn;typ;uppföljning_månader\nSAM;Samordningsteamet;individ;6|18\n",
    "medarbetare": "medarbetare_id;namn;roll\nC1;Karin;coach\n",
}
ONE = {
    **LISTS,
    "deltagare": "deltagare_id;registrering;födelsedatum;kön\nD1;person;1990-01-01;kvinna\n",
    "inskrivningar": "inskrivning_id;deltagare_id;insats_id;start;slut\n"
    "I1;D1;SAM;2023-01-01;2023-12-31\n",
}


class Desk:
    """A register, and a folder for files: `load(deltagare="…")` writes and imports them."""

    def __init__(self, register: Register, folder: Path) -> None:
        self.register = register
        self.folder = folder

    def write(self, files: dict[str, str | bytes]) -> None:
        """Put files into the folder, in place of those that are there."""
        for old in self.folder.iterdir():
            old.unlink()
        for name, contents in files.items():
            path = self.folder / f"{name}.csv"
            path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())

    def load(
        self,
        files: dict[str, str | bytes] | None = None,
        *,
        dry_run: bool = False,
        ignore_unknown: bool = False,
        **more: str | bytes,
    ) -> Report:
        """Import files; given none, what is in the folder."""
        if files or more:
            self.write({**(files or {}), **more})
        return import_files(
            self.register,
            [self.folder],
            now=NOW,
            dry_run=dry_run,
            ignore_unknown=ignore_unknown,
        )

    def take(self, files: dict[str, str | bytes] | None = None, **more: str | bytes) -> Report:
        """Import files that have no fault."""
        report = self.load({**(files or {}), **more})
        assert told(report) == []
        return report

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Return what a statement finds."""
        return [tuple(row) for row in self.register.sql(sql)]

    def one(self, sql: str) -> object:
        """Return the only value that a statement finds."""
        ((value,),) = self.rows(sql)
        return value

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of the register."""
        tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {str(name): self.rows(f"SELECT * FROM {name}") for (name,) in tables}


def told(report: Report) -> list[str]:
    """Return the lines of a report's faults."""
    return [str(fault) for fault in report.faults.shown]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "filer"
    folder.mkdir()
    with empty_register(tmp_path / "r.db", user="anna") as register:
        yield Desk(register, folder)


@pytest.fixture
def one(desk: Desk) -> Desk:
    """A desk whose register has a closed enrolment, I1 of D1."""
    desk.take({**ONE})
    return desk

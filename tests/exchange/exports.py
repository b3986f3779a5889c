"""What tests of exports work with: registers to export from, and the way there and back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from finsam_tui.exchange import export_files
from finsam_tui.exchange.export_anonymous import Anonymous
from finsam_tui.exchange.export_sieve import Sieve
from finsam_tui.exchange.exporting import AsTheyAre, sheets
from finsam_tui.exchange.importing import import_files
from finsam_tui.storage.target import Target
from tests.exchange.conftest import NOW, SYDNARKE, Desk, told
from tests.register import Office, empty_register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.exchange.importing import Report
    from finsam_tui.storage.register import Register


def export(register: Register, path: Path, *, anonymous: bool = False) -> list[str]:
    """Export as the command does; return what is told to be left out."""
    opened = export_files.workbook if export_files.is_workbook(path) else export_files.folder
    with register.one_state(room=False), opened(path) as put:
        sieve = Sieve(register, everybody=anonymous)
        manner = Anonymous(register.conn) if anonymous else AsTheyAre(register.conn)
        for sheet in sheets(register, manner, sieve):
            put(sheet)
    return sieve.told()


def load(register: Register, folder: Path) -> Report:
    """Import files that have no fault."""
    report = import_files(register, [folder], now=NOW)
    assert told(report) == []
    return report


def rows(path: Path) -> list[str]:
    """Return the lines of an exported file, the headings first."""
    return path.read_text(encoding="utf-8-sig").splitlines()


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def be(register: Register, staff: str) -> None:
    """Let the user be one of the staff."""
    with register.write() as conn:
        conn.execute("UPDATE staff SET slot = NULL")
        conn.execute("UPDATE staff SET slot = ? WHERE id = ?", (register.user, staff))


def unchanged(report: Report) -> bool:
    """Return whether an import has found everything as it is."""
    counts = [(t.new, t.changed, t.removed) for t in report.tallies]
    return counts == [(0, 0, 0)] * len(counts) and report.scheduled == 0


@contextmanager
def fresh(folder: Path) -> Iterator[Register]:
    """Open an empty register in a folder of its own."""
    folder.mkdir(mode=0o700)
    with empty_register(folder / "ny.db", user="anna") as register:
        yield register


def a_year(desk: Desk) -> Desk:
    """Give a desk an association's year, whose coordinator is the coach of everybody."""
    load(desk.register, SYDNARKE)
    be(desk.register, "S1")
    with desk.register.write() as conn:
        conn.execute("UPDATE enrolment SET staff = 'S1'")
    return desk


def typed_in(office: Office) -> tuple[int, int]:
    """Type in somebody with an enrolment and two measurements of one day; return their ids."""
    person = office.save(
        Target("participant"),
        registration="person",
        personal_id="19920717-9871",
        first_name="Ali",
        last_name="Öberg",
        sex="man",
        phone="+46 70 174 06 05",
        protection="nej",
    )
    office.save(
        Target("referral", owner_id=person),
        programme="SAM",
        date="2024-01-02",
        party="Egen",
        outcome="start",
        comment="=1+1; 'så sade hon'\n\"i dag\"",
    )
    stay = office.save(
        Target("enrolment", owner_id=person),
        programme="SAM",
        start_date="2024-01-05",
        livelihood="försörjningsstöd|lön",
        occupation="studier:50|ingen",
    )
    for total in ("12", "13,5"):
        office.save(Target("ors", owner_id=stay), occasion="during", date="2024-01-08", total=total)
    return person, stay

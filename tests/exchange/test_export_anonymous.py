"""An anonymous export counts as the register does, and says of nobody who it is."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from finsam_tui import report
from finsam_tui.domain.periods import Period
from finsam_tui.exchange.export_anonymous import Anonymous
from finsam_tui.exchange.tables import Column, tables
from finsam_tui.forms.field import Field
from finsam_tui.report.filters import Filters
from tests.exchange.exports import a_year, be, export, fresh, load, rows

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.storage.register import Register
    from tests.exchange.conftest import Desk

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
SECTIONS = ("participants", "education", "closure_reason", "livelihood", "livelihood_flow", "sex")


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk with a year, with texts and numbers of all kinds."""
    a_year(desk)
    columns = "id, enrolment_id, occasion, date, total"
    ors = f"INSERT INTO ors ({columns}) VALUES ({{}}, 1, 'during', '2023-05-01', {{}})"
    with desk.register.write() as conn:
        for sql in (
            "UPDATE referral SET comment = 'Hemligt1'",
            "UPDATE plan SET goal = 'Hemligt2'",
            "UPDATE screening SET referred_to = 'Hemligt3'",
            "UPDATE advice SET referred_to = 'Hemligt4'",
            "UPDATE programme SET purpose = 'Hemligt5', cost_pool = 'gemensam'",
            "UPDATE participant SET protection = 'protected' WHERE id = 7",
            "INSERT INTO note (enrolment_id, at, text) VALUES (1, '2024-01-01T10:00', 'Hemligt6')",
            ors.format(999, 10),
            ors.format(1000, 12),
            "INSERT INTO report_text (year, part, text) VALUES (2024, 'staff', 'Hemligt7')",
        ):
            conn.execute(sql)
    return desk


def cells(folder: Path) -> set[str]:
    """Return every cell of an export."""
    found: set[str] = set()
    for file in folder.iterdir():
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found.update(cell for row in csv.reader(lines, delimiter=";") for cell in row)
    return found


def figures(register: Register) -> list[Any]:
    made = report.build(
        register, "sus", YEAR, Filters(), today=date(2025, 1, 1), sections=list(SECTIONS)
    )
    return [table.rows for section in made.sections for table in section.tables]


def test_nothing_tells_who_anybody_is(full: Desk, tmp_path: Path) -> None:
    export(full.register, tmp_path / "ut", anonymous=True)
    left = cells(tmp_path / "ut")
    for column in ("ref", "personal_id", "first_name", "last_name", "phone"):
        stored = {str(value) for (value,) in full.rows(f"SELECT {column} FROM participant")}
        assert not stored & left, column
    for table in ("referral", "enrolment"):
        assert not {str(ref) for (ref,) in full.rows(f"SELECT ref FROM {table}")} & left
    assert not {str(name) for (name,) in full.rows("SELECT name FROM staff")} & left
    assert not any("Hemligt" in cell for cell in left)
    born = {cell[4:] for cell in left if cell[:2] == "19" and cell[4:5] == "-"}
    assert born == {"-07-01"}
    assert not {"medarbetare.csv", "anteckningar.csv", "texter.csv"} & {
        file.name for file in (tmp_path / "ut").iterdir()
    }
    assert "gemensam" in left  # which costs are shared by


def test_everything_can_still_be_counted(full: Desk, tmp_path: Path) -> None:
    export(full.register, tmp_path / "ut", anonymous=True)
    with fresh(tmp_path / "annat") as other:
        load(other, tmp_path / "ut")
        be(other, "S1")
        counted = figures(other)
        lived = "SELECT municipality, count(*) FROM participant GROUP BY 1 ORDER BY 1"
        there = dict(map(tuple, other.sql(lived)))
        plans = other.sql("SELECT count(*) FROM plan").fetchall()[0][0]
    assert counted == figures(full.register)
    here = dict(map(tuple, full.register.sql(lived)))
    gone = full.one("SELECT municipality FROM participant WHERE id = 7")
    assert there == {**here, None: here.get(None, 0) + 1, gone: here[gone] - 1}
    assert plans == full.one("SELECT count(*) FROM plan")


def test_ids_and_order_are_others_each_time(full: Desk, tmp_path: Path) -> None:
    files = []
    for name in ("ut", "ut2"):
        export(full.register, tmp_path / name, anonymous=True)
        files.append([row.split(";")[0] for row in rows(tmp_path / name / "deltagare.csv")[1:]])
    assert not set(files[0]) & set(files[1])
    sexes = [
        [row.split(";")[3] for row in rows(tmp_path / name / "deltagare.csv")[1:]]
        for name in ("ut", "ut2")
    ]
    assert sexes[0] != sexes[1]
    assert sorted(sexes[0]) == sorted(sexes[1])


def test_a_new_text_stays_by_itself(full: Desk) -> None:
    extent = next(table for table in tables() if table.name == "förlängningar")
    new = Field("told", "Berättat", "text", import_name="berättat")
    wider = replace(extent, columns=(*extent.columns, Column(new)))
    headings = [c.heading for c in Anonymous(full.register.conn).columns(wider)]
    assert headings == ["inskrivning_id", "datum", "månader", "försörjning"]

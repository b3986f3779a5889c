"""Rapport: period and filters by key, sections, and what is saved and printed of it."""

from __future__ import annotations

import asyncio
import json
import stat
import threading
from typing import TYPE_CHECKING

import pytest

from finsam_tui import report
from finsam_tui.domain.periods import Period
from finsam_tui.report.render.plain import PAPER, render_text
from tests.tui.conftest import NOW
from tests.tui.walk import walking

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.report import Report
    from finsam_tui.storage.register import Register
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows

TODAY = NOW.date()


def people(rows: Rows) -> None:
    """Three women began this year and a man last year, in two programmes."""
    for day in ("2024-01-10", "2024-02-10", "2024-03-10"):
        rows.enrolment(rows.person("Eva", "Ek"), day)
    man = rows.person("Kim", "Berg", sex="man")
    rows.enrolment(man, "2023-05-10", end_date="2023-12-01", programme="VAXA")


def made(rows: Rows, period: Period, **narrowed: str) -> Report:
    filters = report.Filters(**narrowed)
    return report.build(rows.register, "oversikt", period, filters, today=TODAY)


def type_over(text: str) -> list[str]:
    """Return the keys that put `text` in the place of what stands in the line."""
    return ["ctrl+u", f"'{text}'", "enter"]


# What it is of


async def test_f7_shows_this_year_so_far(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7")
        assert walk.place == "Report"
        assert "Översikt 2024, hittills" in walk.text
        assert "▸ Hela rapporten" in walk.text
        await walk.press("2")
        assert "  Sammanfattning, sy… " in walk.text
        await walk.press("1")
        assert "3 startade" in walk.text
        assert "Räknar" not in walk.text


async def test_the_period_is_changed_by_key(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    steps = {
        "left": "2023",
        "right": "2024, hittills",
        "q": "1 jan 2024 – 31 mar 2024, hittills",
        "left,q": "1 okt 2023 – 31 dec 2023",
        "å": "2023",
        "h": "1 jan 2023 – 30 jun 2023",
        "d,'2022',enter": "2022",
        "d,'1/2 29/2',enter": "1 feb 2024 – 29 feb 2024",
        "d,'1/2',enter": "1 feb 2024 – 15 mar 2024, hittills",
        "h,left": "1 jul 2023 – 31 dec 2023",
        "d,'2022',escape": "1 jul 2023 – 31 dec 2023",
    }
    async with walking(app) as walk:
        await walk.press("f7")
        for keys, period in steps.items():
            await walk.press(*keys.split(","))
            assert f"← → {period}   å år" in walk.text


async def test_dates_that_cannot_be_read_are_told_and_can_be_mended(
    rows: Rows, app: FinsamApp
) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7", "d")
        for typed in ("hej", "1/1 2/1 3/1", "30/6 1/1", "20244"):
            await walk.press(*type_over(typed))
            assert " ! " in walk.text
            assert typed in walk.text
        await walk.press(*type_over("2023"))
        assert "← → 2023 " in walk.text
        assert " ! " not in walk.text


async def test_it_goes_no_further_than_dates_do(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7", "d", "'1900'", "enter", "left")
        assert "! Perioden ska ligga mellan 1900 och 2100." in walk.text


async def test_filters_go_round_and_are_taken_away(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app, (120, 40)) as walk:
        await walk.press("f7", "i")
        assert "i Insats: Teamet" in walk.text
        assert "3 startade" in walk.text
        await walk.press("i")
        assert "i Insats: Växa" in walk.text
        assert "Ingen i urvalet var inskriven 2024" in walk.text
        await walk.press("i")
        assert "i Insats: alla" in walk.text
        await walk.press("k", "k")
        assert "k Hemkommun: uppgift saknas" in walk.text
        await walk.press("x", "c", "0")
        assert "Hemkommun: alla   c Coach: alla   x Kön: alla" in walk.text


async def test_sections_are_shown_one_at_a_time(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7", "tab", "tab")
        assert "▸ Kön" in walk.text
        assert "vars kön är känt, var 3 kvinnor" in walk.text
        assert "Befolkn." not in walk.text
        await walk.press("shift+tab", "shift+tab", "shift+tab")
        assert "▸ Luckor" in walk.text
        await walk.press("tab")
        assert "▸ Hela rapporten" in walk.text


async def test_a_long_report_is_read_to_its_end_and_back(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7")
        top = walk.text
        assert "rader till" in top
        seen = top
        while "till\n" in walk.text and len(seen) < 100_000:
            await walk.press("pagedown")
            seen += walk.text
        for section in made(rows, Period.year(2024)).sections:
            assert f"{section.title} ──" in seen
        await walk.press("home")
        assert walk.text == top


async def test_what_was_saved_meanwhile_is_counted_when_one_comes_back(
    rows: Rows, app: FinsamApp
) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7", "f1")
        rows.enrolment(rows.person("Ny", "Ny"), "2024-03-12")
        await walk.press("escape")
        assert "4 startade" in walk.text


async def test_a_report_under_way_is_given_up_for_the_next(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    begun, stopped = threading.Event(), threading.Event()

    def endless(register: Register) -> None:
        begun.set()
        try:
            register.sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                " SELECT count(*) FROM n"
            ).fetchone()
        finally:
            stopped.set()

    async with walking(app) as walk:
        await walk.press("f7")
        screen = app.screen
        assert hasattr(screen, "ask")
        screen.ask(endless, lambda _: None, group="report")
        await walk.pilot.pause()
        assert await asyncio.to_thread(begun.wait, 10)
        await walk.press("left")
        assert await asyncio.to_thread(stopped.wait, 10)
        assert "Översikt 2023" in walk.text


# Kept and printed


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


async def test_it_is_saved_as_text_for_its_owner_alone(
    rows: Rows, app: FinsamApp, home: Path
) -> None:
    people(rows)
    path = home / "r.txt"
    async with walking(app) as walk:
        await walk.press("f7", "e", *type_over("~/r.txt"))
        assert "Filen är inte krypterad" in walk.text
    assert path.read_text() == render_text(made(rows, Period.year(2024)), PAPER)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert noted(rows) == ("sam", "export", "oversikt 2024-01-01–2024-12-31")


def noted(rows: Rows) -> tuple[object, ...]:
    """Return the last entry of the access log."""
    sql = "SELECT user, kind, detail FROM access ORDER BY id DESC LIMIT 1"
    return tuple(rows.register.sql(sql).fetchall()[0])


async def test_the_section_in_hand_is_saved_as_json(rows: Rows, app: FinsamApp, home: Path) -> None:
    people(rows)
    path = home / "r.json"
    async with walking(app) as walk:
        await walk.press("f7", "left", "tab", "e", *type_over("~/r.json"))
    saved = json.loads(path.read_text())
    assert saved["period"] == {"from": "2023-01-01", "to": "2023-12-31"}
    assert [section["id"] for section in saved["sections"]] == ["participants"]


async def test_no_file_is_written_over(rows: Rows, app: FinsamApp, home: Path) -> None:
    people(rows)
    path = home / "r.txt"
    path.write_text("något annat")
    async with walking(app) as walk:
        await walk.press("f7", "e", *type_over("~/r.txt"))
        assert "finns redan; välj ett annat namn." in " ".join(walk.text.split())
        await walk.press(*type_over("~/finns/inte.txt"))
        assert "katalogen finns inte" in " ".join(walk.text.split())
        await walk.press("escape")
        assert " ! " not in walk.text
    assert path.read_text() == "något annat"


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs where lp, if a test puts it there, is the only one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder / "lp"


def install(printer: Path, script: str) -> None:
    printer.write_text(f"#!/bin/sh\n{script}\n")
    printer.chmod(0o700)


async def test_it_is_printed_by_lp(
    rows: Rows, app: FinsamApp, printer: Path, tmp_path: Path
) -> None:
    people(rows)
    paper = tmp_path / "papper"
    install(printer, f"while IFS= read -r line; do printf '%s\\n' \"$line\"; done > {paper}")
    async with walking(app) as walk:
        await walk.press("f7", "p")
        assert "Rapporten är skickad till skrivaren." in walk.text
    assert paper.read_text() == render_text(made(rows, Period.year(2024)), PAPER)
    assert noted(rows) == ("sam", "print", "oversikt 2024-01-01–2024-12-31")


async def test_a_printer_that_refuses_is_told_of(rows: Rows, app: FinsamApp, printer: Path) -> None:
    people(rows)
    install(printer, "exit 1")
    async with walking(app) as walk:
        await walk.press("f7", "p")
        assert "! Skrivaren tog inte emot rapporten" in walk.text


async def test_without_lp_one_is_told_to_save(rows: Rows, app: FinsamApp, printer: Path) -> None:
    people(rows)
    del printer  # there is none in its folder
    async with walking(app) as walk:
        await walk.press("f7", "p")
        assert "! Datorn har inget utskriftsprogram (lp)" in walk.text

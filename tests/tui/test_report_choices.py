"""Rapport: every report by its number, in other bands, for those outside, with its texts."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from finsam_tui.report import catalogue
from finsam_tui.storage.register import Register
from tests.tui.test_report import home, people, type_over
from tests.tui.walk import walking

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows

__all__ = ["home"]


def texts(rows: Rows) -> list[tuple[Any, ...]]:
    sql = "SELECT programme, year, part, text, version FROM report_text ORDER BY id"
    return [tuple(row) for row in rows.register.sql(sql)]


async def test_a_number_shows_a_report(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7")
        for number, entry in enumerate(catalogue.REPORTS.values(), 1):
            await walk.press(str(number))
            assert f"{entry.title} 2024" in " ".join(walk.text.split())
            assert "▸ Hela rapporten" in walk.text


async def test_the_list_of_sections_follows_the_one_in_hand(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7", "2")
        await walk.press(*["tab"] * len(catalogue.REPORTS["arsrapport"].ids))
        assert "▸ Avvikelser" in walk.text
        await walk.press("tab")
        assert "▸ Hela rapporten" in walk.text


async def test_other_bands_of_ages_and_months(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app, (120, 40)) as walk:
        await walk.press("f7", "3", "tab", "tab")
        assert "30–44" in walk.text
        await walk.press("b", *type_over("16-24,25-64 / 3"))
        assert "25–64" in walk.text
        assert "30–44" not in walk.text
        await walk.press("b")
        assert "16-24,25-64 / 3" in walk.text
        await walk.press(*type_over("60-30"))
        assert "! En åldersgrupp slutar före sin början" in walk.text
        await walk.press("escape")
        assert "25–64" in walk.text


async def test_for_those_outside_small_counts_are_hidden(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7", "tab", "tab", "u")
        assert "utåt: <5 dolt" in " ".join(walk.text.split())
        assert "Kvinnor" in walk.text
        assert ".." in walk.text
        assert "3 kvinnor" not in walk.text
        await walk.press("e")
        assert "-12-31-utåt.txt" in walk.text
        await walk.press("escape", "u")
        assert "var 3 kvinnor" in " ".join(walk.text.split())


async def test_a_text_is_written_and_stands_in_the_report(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app, (100, 30)) as walk:
        await walk.press("f7", "2", "shift+tab")
        assert "▸ Avvikelser" in walk.text
        await walk.press("t", "'Vi stod utan lokal i maj.'", "ctrl+s")
        assert walk.place == "Report"
        assert "Vi stod utan lokal i maj." in walk.text
        assert texts(rows) == [(None, 2024, "deviations", "Vi stod utan lokal i maj.", 1)]
        await walk.press("t", "end", "' Nu har vi en.'", "ctrl+s")
        assert texts(rows)[0][3:] == ("Vi stod utan lokal i maj. Nu har vi en.", 2)


async def test_last_years_text_is_what_one_begins_with(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    rows.add("report_text", year=2023, part="deviations", text="Inga.")
    async with walking(app, (100, 30)) as walk:
        await walk.press("f7", "2", "shift+tab")
        assert "den för 2023 är en början" in " ".join(walk.text.split())
        await walk.press("t")
        assert "Inga." in walk.text
        await walk.press("ctrl+s")
        assert [row[1:4] for row in texts(rows)] == [
            (2023, "deviations", "Inga."),
            (2024, "deviations", "Inga."),
        ]


async def test_of_several_texts_one_is_chosen(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    parts = catalogue.parts("arsrapport", "purpose")
    async with walking(app, (120, 40)) as walk:
        await walk.press("f7", "2", "tab", "t")
        assert "Vilken text? 1 " in walk.text
        await walk.press(*type_over("9"))
        assert "! Skriv ett nummer från 1" in walk.text
        await walk.press(*type_over("2"), "'Två'", "ctrl+s")
        assert [row[2:4] for row in texts(rows)] == [(parts[1], "Två")]


async def test_where_there_is_no_text_one_is_told_so(rows: Rows, app: FinsamApp) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7", "t")
        assert "! Avsnittet har ingen text att skriva" in walk.text


async def test_a_file_is_what_its_ending_says(rows: Rows, app: FinsamApp, home: Path) -> None:
    people(rows)
    async with walking(app) as walk:
        await walk.press("f7", "2", "e")
        assert "~/arsrapport-2024-01-01-2024-12-31.docx" in walk.text
        await walk.press("enter")
        await app.workers.wait_for_complete()
        await walk.press("e", *type_over("~/r.xlsx"))
        await app.workers.wait_for_complete()
        await walk.press("e", *type_over("~/r.pdf"))
        assert "! .pdf är ingen sort som en rapport sparas i" in " ".join(walk.text.split())
    for name, part in (
        ("arsrapport-2024-01-01-2024-12-31.docx", "word/document.xml"),
        ("r.xlsx", "xl/workbook.xml"),
    ):
        with ZipFile(home / name) as file:
            assert part in file.namelist()


async def test_a_long_count_tells_how_far_it_is_and_can_be_stopped(
    rows: Rows, app: FinsamApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(rows)
    begun, stopped = threading.Event(), threading.Event()
    read = Register.rows

    def slow(self: Register, name: str, /, **params: object) -> list[Any]:
        if name == "report_ors" and not stopped.is_set():
            begun.set()
            try:
                self.sql(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                    " SELECT count(*) FROM n"
                ).fetchone()
            finally:
                stopped.set()
        return read(self, name, **params)

    async with walking(app) as walk:
        await walk.press("f7")
        monkeypatch.setattr(Register, "rows", slow)
        await walk.pilot.press("left")
        assert await asyncio.to_thread(begun.wait, 10)  # the house goes on meanwhile
        await walk.pilot.pause()
        assert "Esc avbryter" in walk.text
        await walk.press("escape")
        assert await asyncio.to_thread(stopped.wait, 10)
        await walk.pilot.pause()
        assert "! Avbröts; det som syns är från förut." in walk.text
        assert walk.place == "Report"

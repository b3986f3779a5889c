"""Ctrl+P: everything that can be done, and nothing that would leave people in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows


async def test_what_is_typed_is_found_and_done(rows: Rows, app: FinsamApp) -> None:
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    async with walking(app) as walk:
        await walk.press("f3", "enter", "ctrl+p", "'förlängning'", "down", "enter")
        assert "Förlängning – Eva Ek" in walk.text


async def test_it_holds_the_keys_of_the_house_and_those_of_the_screen(app: FinsamApp) -> None:
    async with walking(app, (100, 90)) as walk:
        await walk.press("ctrl+p")
        for text in ("Väntelistan", "rådgivande samtal", "Visar bara dina egna", "Färger: ljus"):
            assert text in walk.text
        assert "F6" in walk.text


async def test_what_does_not_exist_is_said_in_swedish(app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press("ctrl+p", "'xyzzy'")
        assert "Inget att göra heter så." in walk.text


async def test_it_takes_no_pictures(app: FinsamApp) -> None:
    async with walking(app, (100, 90)) as walk:
        for word in ("'screenshot'", "'skärmbild'", "'svg'"):
            await walk.press("ctrl+p", word)
            assert "Inget att göra heter så." in walk.text
            await walk.press("escape")


async def test_the_colours_are_changed(app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press("ctrl+p", "'hög kontrast'", "down", "enter")
    assert app.theme == "hög kontrast"
    assert set(app.available_themes) == {"mörk", "ljus", "hög kontrast"}


async def test_it_tells_what_is_chosen_for_all(rows: Rows, app: FinsamApp) -> None:
    del rows
    async with walking(app) as walk:
        await walk.press("ctrl+p", "'så är det nu'")
        assert "Lås efter 5 minuter utan tangenttryck (så är det nu)" in walk.text
        assert "spara svaren fråga för fråga (så är det nu)" in walk.text
        await walk.press("escape", "ctrl+p", "'efter 10'", "down", "enter")
        await walk.press("ctrl+p", "'bara utfallet'", "down", "enter", "ctrl+p", "'så är det nu'")
        assert "Lås efter 10 minuter utan tangenttryck (så är det nu)" in walk.text
        assert "spara bara utfallet, inte svaren (så är det nu)" in walk.text
        assert walk.text.count("(så är det nu)") == 2

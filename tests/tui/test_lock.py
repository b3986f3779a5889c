"""The door: in with the right passphrase, out at once, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import Locked
from finsam_tui.tui.app import FinsamApp
from tests.tui.conftest import NOW, PASSPHRASE
from tests.tui.walk import walking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from finsam_tui.storage.register import Register
    from tests.storage.rows import Rows


@pytest.fixture
def shut(
    rows: Rows, path: Path, unlock: Callable[[str], Callable[[], Register]]
) -> Iterator[FinsamApp]:
    del rows
    app = FinsamApp(path=str(path), unlock=unlock, clock=lambda: NOW)
    yield app
    app.release()


async def test_the_right_passphrase_opens(rows: Rows, shut: FinsamApp) -> None:
    rows.person("Eva", "Ek")
    async with walking(shut) as walk:
        assert walk.place == "Unlock"
        assert "Registret är låst." in walk.text
        await walk.press(f"'{PASSPHRASE}'")
        assert PASSPHRASE not in walk.text
        await walk.press("enter")
        assert walk.place == "Today"
        assert "Sam" in walk.text


async def test_a_wrong_one_is_told_in_a_line_and_can_be_typed_again(shut: FinsamApp) -> None:
    async with walking(shut) as walk:
        await walk.press("'fel'", "enter", "'fel'", "enter")
        assert walk.place == "Unlock"
        assert "! Lösenfrasen stämmer inte; skriv om den." in walk.text
        assert "•" not in walk.text
        await walk.press(f"'{PASSPHRASE}'", "ctrl+j")  # an Enter typed ahead, as a terminal has it
        assert walk.place == "Today"


async def test_where_no_passphrase_is_needed_enter_opens(
    unlock: Callable[[str], Callable[[], Register]], app: FinsamApp
) -> None:
    app.unlock, app.by_enter = lambda _: unlock(PASSPHRASE), True
    async with walking(app) as walk:
        await walk.press("f9")
        assert "Ingen lösenfras behövs här. Tryck Enter:" in walk.text
        await walk.pilot.press("enter", "enter")
        await walk.settle()
        assert walk.place == "Today"


async def test_nothing_works_while_it_is_locked(shut: FinsamApp) -> None:
    async with walking(shut) as walk:
        for key in ("f1", "f2", "f3", "f4", "f5", "f6", "f8", "f9", "ctrl+p", "ctrl+r", "escape"):
            await walk.press(key)
            assert walk.place == "Unlock"


async def test_f9_shuts_and_keeps_what_was_typed(rows: Rows, app: FinsamApp) -> None:
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    async with walking(app) as walk:
        await walk.press("f3", "enter", "n", "enter", "'Mötte'", "f9")
        assert walk.place == "Unlock"
        assert "Eva" not in walk.text
        assert len(app.screen_stack) == 2  # nothing stays underneath
        with pytest.raises(Locked):
            _ = app.register
        with pytest.raises(Locked):
            _ = app.reader
        await walk.press(f"'{PASSPHRASE}'", "enter")
        assert "Fortsätt: Daganteckning" in walk.text
        await walk.press("enter", "' henne'", "ctrl+s")
    assert [row["text"] for row in rows.register.sql("SELECT text FROM note")] == ["Mötte henne"]


async def test_f8_shows_nothing_until_a_key_that_does_nothing_else(
    rows: Rows, app: FinsamApp
) -> None:
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    async with walking(app) as walk:
        await walk.press("f3", "enter", "n", "f8")
        assert walk.text.strip() == ""
        await walk.press("f3")  # not even the keys of the house
        assert walk.place == "FormScreen"
        await walk.press("f8", "x")
        assert "Daganteckning – Eva Ek" in walk.text
        await walk.press("enter", "'y'", "ctrl+s")
    assert [row["text"] for row in rows.register.sql("SELECT text FROM note")] == ["y"]

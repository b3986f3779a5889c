"""F1: a page for every screen, and a table of the keys that is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.screen import Screen

from finsam_tui.tui import handbook
from tests.tui.walk import walking

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows

WAYS = {
    "idag": ("f4",),
    "deltagare": ("f3",),
    "kort": ("f3", "enter"),
    "ko": ("f6",),
    "aktualisering": ("f2",),
    "samtal": ("f5",),
    "rapport": ("f7",),
    "underlag": ("ctrl+p", "'andras siffror'", "down", "enter"),
    "forbundet": ("ctrl+p", "'kommuner'", "down", "enter"),
    "formular": ("f3", "enter", "r"),
}


@pytest.mark.parametrize("page", WAYS)
async def test_f1_shows_the_page_of_the_screen_and_its_keys(
    page: str, rows: Rows, app: FinsamApp
) -> None:
    rows.call("2024-03-20", person=rows.person("Eva", "Ek"))
    async with walking(app, (120, 220)) as walk:
        await walk.press(*WAYS[page])
        shown = walk.place
        await walk.press("f1")
        assert handbook.title(page) in walk.text
        assert "Tangenter här" in walk.text
        assert "F9 Låser registret genast" in walk.text
        await walk.press("escape")
        assert walk.place == shown


@pytest.mark.parametrize("kind", handbook.classes(), ids=lambda kind: kind.__name__)
def test_every_screen_has_a_page_and_every_key_an_id_and_a_sentence(kind: type[DOMNode]) -> None:
    if issubclass(kind, Screen) and not kind.__name__.startswith(("Place", "Hidden")):
        assert handbook.page(kind.page)  # type: ignore[attr-defined] # what this test is about
    for binding in handbook.own_bindings(kind):
        assert binding.id, binding
        assert binding.tooltip, binding


@pytest.mark.parametrize("page", handbook.APART)
async def test_a_page_about_no_screen_is_found_in_the_palette(page: str, app: FinsamApp) -> None:
    async with walking(app, (120, 40)) as walk:
        await walk.press("ctrl+p", f"'{handbook.title(page)}'", "down", "enter")
        assert walk.place == "Help"
        assert handbook.title(page) in walk.text
        assert "Tangenter här" not in walk.text


def test_no_two_keys_have_the_same_id() -> None:
    ids = [b.id for kind in handbook.classes() for b in handbook.own_bindings(kind)]
    assert len(ids) == len(set(ids))


def test_the_table_of_keys_is_that_of_the_code() -> None:
    assert handbook.page(handbook.KEYS) == handbook.keys_page(), (
        "the keys have changed: run python -m finsam_tui.tui.handbook"
    )


async def test_no_command_is_cut_off_in_a_narrow_terminal(app: FinsamApp) -> None:
    async with walking(app, (78, 500)) as walk:  # two more are for the scroll bar of a low one
        for name in (path.stem for path in handbook.PAGES.glob("*.md")):
            commands = {line.strip() for line in _code(handbook.page(name))}
            if not commands:
                continue
            app.action_page(name)
            await walk.settle()
            assert commands <= {line.strip() for line in walk.text.splitlines()}
            await walk.press("escape")


def _code(page: str) -> list[str]:
    """Return the lines of a page's commands."""
    return [line for block in page.split("```")[1::2] for line in block.splitlines()[1:]]

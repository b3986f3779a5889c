"""What goes wrong is told in a line; a fault in the program shows nothing of what it held."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pexpect

from tests.conftest import PROJECT
from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows

BROKEN = """
import sys
from finsam_tui import crash
from finsam_tui.tui.app import FinsamApp, run

class Broken(FinsamApp):
    def on_mount(self):
        hemligt = "Eva Ek 19900517"
        {}

try:
    run(Broken())
except Exception as error:
    print(crash.explain(error)[0])
"""
WAYS = {
    "in a handler": "raise ValueError(hemligt)",
    "in a worker": "self.run_worker(lambda: int(hemligt), thread=True)",
    "in the styles": "self.screen.styles.background = hemligt",
}


def last_words(broken: str) -> str:
    """Return all that a terminal was sent by an app that breaks."""
    child = pexpect.spawn(
        sys.executable,
        ["-c", BROKEN.format(broken)],
        cwd=str(PROJECT),
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=30,
    )
    child.expect(pexpect.EOF)
    return str(child.before)


def test_a_fault_is_told_by_a_number_and_nothing_else() -> None:
    for way, broken in WAYS.items():
        words = last_words(broken)
        assert "i programmet, inget halvgjort sparades" in words, way
        assert "Eva Ek" not in words, way
        assert "Traceback" not in words, way
        assert "hemligt" not in words, way


async def test_what_fails_in_the_background_is_told_and_the_house_stands(
    rows: Rows, app: FinsamApp
) -> None:
    async with walking(app) as walk:
        with rows.register.write() as conn:
            conn.execute("DROP VIEW listed")
        await walk.press("f6")
        assert "! Fel " in walk.text
        assert "i programmet" in walk.text
        await walk.press("f1")
        assert walk.place == "Help"


async def test_what_cannot_be_done_is_told(rows: Rows, app: FinsamApp) -> None:
    person = rows.person("Eva", "Ek")
    async with walking(app) as walk:
        await walk.press("f3")
        with rows.register.write() as conn:
            conn.execute("DELETE FROM participant WHERE id = ?", (person,))
        await walk.press("enter")
        assert "! Deltagaren finns inte längre." in walk.text
        await walk.press("f5")
        assert "Inga samtal att ringa just nu." in walk.text


async def test_ctrl_c_ends_nothing(app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press("ctrl+c")
        assert "Ctrl+Q avslutar finsam" in walk.text
        await walk.press("ctrl+r", "ctrl+c")
        assert walk.place == "FormScreen"
        assert "Ctrl+Q avslutar finsam" in walk.text

"""Every command and every screen of a register in which every text is an attack.

What they say is looked at as it is written: a line break is the only thing in it that is no text.
What a real terminal is sent, with all that Textual adds, tests/tui/test_terminal.py looks at.
"""

from __future__ import annotations

import asyncio
import io
import sys
import threading
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from typing import TYPE_CHECKING

from finsam_tui.cli import main
from finsam_tui.exchange.tables import tables
from finsam_tui.prompts.ring import ring
from finsam_tui.prompts.saving import Desk, Interrupted
from finsam_tui.report import catalogue
from finsam_tui.storage import opening
from finsam_tui.storage.register import Register
from finsam_tui.tui.app import FinsamApp
from finsam_tui.tui.screens.records import Association, Records
from tests.backups import Site
from tests.faults import hostile
from tests.faults.hostile import NOW, Passes, Shown
from tests.faults.outputs import LINES, PAGES
from tests.faults.trials import Count
from tests.prompts.talk import Script
from tests.register import KEY
from tests.tui.hostile_walk import FORMS
from tests.tui.terminal_codes import functions
from tests.tui.walk import Walk, walking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from textual.strip import Strip

TOLD_AT_ONCE, SEEN_AT_ONCE = 25, 10  # attacks that a pass shows, by commands and on screens
FEW = 40  # of as many only some screens are seen
SIZE = (110, 60)
RING = (*["s"] * 8, "", "?", "<", "s", "", "1", "=", "?", "q")
READ = ("text", "json")


def commands(folder: Path, times: int, random: Random) -> Count:
    """Run every command that prints what a register holds, and the call queue by prompts."""
    count = Count()
    shown = Shown(count)
    _put_refused(folder / "fel")
    site = Site(folder / "förbund")
    with opening.open_register(site.path, site.unlock()) as register:
        hostile.furnish(register, 5)
        attacks = Passes(times, random)
        for _ in attacks.fill(register, 1 + times // TOLD_AT_ONCE):
            whom = random.sample(range(1, hostile.PEOPLE + 1), 1 + TOLD_AT_ONCE // 8)
            for words in _words(folder, site.path, whom):
                text, status = _run(words, site)
                allowed = PAGES if words[0] == "rapport" else LINES
                wrong = [*_no_text(text, allowed), *_bad_end(words, text, status)]
                shown.take(words[0], text, wrong)
            text = _asked(register)
            shown.take("ring", text, _no_text(text, LINES))
    shown.tell(times)
    return count


def _put_refused(folder: Path) -> None:
    """Write a file of each table that is refused with what may stand in its cells."""
    folder.mkdir()
    for table in tables():
        heads = [column.heading for column in table.columns]
        rows = f"{';'.join(heads)}\n{';'.join('x' for _ in heads)}\n"
        (folder / f"{table.name}.csv").write_text(rows, encoding="utf-8")


def _words(folder: Path, path: Path, whom: list[int]) -> Iterator[list[str]]:
    """Yield the commands."""
    for person in whom:
        yield from (["person", str(person), "--format", form] for form in READ)
        yield ["logg", "--person", str(person)]
    for command in ("logg", "gallra"):
        yield from ([command, "--format", form] for form in READ)
    yield from (["incident", str(path), "--format", form] for form in READ)
    yield ["kontroll"]
    yield ["nyckel", "list"]
    for file in sorted((folder / "fel").iterdir()):
        yield ["import", str(file), "--dry-run"]
    yield ["rapport", "personlista", "--year", str(NOW.year - 1)]
    yield ["rapport", "--programme", "finns inte"]


def _run(words: list[str], site: Site) -> tuple[str, int]:
    """Run finsam here; return all that it said, and how it ended."""
    written = io.BytesIO()
    said = io.TextIOWrapper(written, encoding="utf-8", newline="", write_through=True)
    keyed = [] if words[0] == "nyckel" else ["--key-file", str(site.service)]
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    try:
        with redirect_stdout(said), redirect_stderr(said):
            status = main([*words, "--db", str(site.path), *keyed, "--verbose"])
    finally:
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    return written.getvalue().decode(), status


def _asked(register: Register) -> str:
    script = Script(*RING)
    with suppress(Interrupted):  # the answers were over
        ring(Desk(script, register, lambda: NOW))
    return script.said


def _bad_end(words: list[str], text: str, status: int) -> Iterator[str]:
    known = {0, 1, 2, 3, 4} if words[0] == "kontroll" else {0, 1, 2, 3}  # which finds the attacks
    if status not in known:
        yield f"{words} ended as {status}: {text[-300:]}"


def _no_text(text: str, allowed: set[str]) -> Iterator[str]:
    yield from sorted(functions(text) - allowed)


def screens(folder: Path, times: int, random: Random) -> Count:
    """Walk through every screen in one running house a pass, and look at each as it is drawn."""
    count = Count()
    shown = Shown(count)
    with closing(hostile.make(folder / "förbund", 5)) as register:
        attacks = Passes(times, random)
        for _ in attacks.fill(register, 1 + times // SEEN_AT_ONCE):
            asyncio.run(_walked(register, shown, whole=times > FEW))
    shown.tell(times)
    return count


async def _walked(register: Register, shown: Shown, *, whole: bool) -> None:
    held = Register.open(register.path, user=hostile.USER, raw_key=KEY)
    app = FinsamApp(held, path=str(register.path), clock=lambda: NOW)
    try:
        async with walking(app, SIZE) as walk:
            tour = _Tour(walk, shown)
            await tour.lists()
            await tour.person(FORMS if whole else FORMS[:4])
            await tour.reports(list(catalogue.REPORTS) if whole else ["oversikt"])
    finally:
        app.release()


class _Tour:
    """A walk that looks at the screen after every key."""

    def __init__(self, walk: Walk, shown: Shown) -> None:
        self._walk, self._shown = walk, shown

    async def _go(self, *keys: str) -> None:
        for key in keys:
            await self._walk.press(key)
            place = self._walk.place
            self._look(place)

    def _look(self, place: str) -> None:
        app = self._walk.app
        strips = app.screen._compositor.render_strips(app.size)  # noqa: SLF001 - as in `Walk`
        text = "".join(segment.text for strip in strips for segment in strip)
        self._shown.take(place, text, self._wrong(strips))

    def _wrong(self, strips: list[Strip]) -> Iterator[str]:
        """Yield what is drawn that is no text, or does something when it is pressed."""
        for strip in strips:
            for segment in strip:
                yield from sorted(functions(segment.text))
                if segment.control:
                    yield f"control {segment.control}"
                if segment.style and segment.style.link:
                    yield f"a link to {segment.style.link}"
                if segment.style and any(name.startswith("@") for name in segment.style.meta):
                    yield f"an action, {segment.style.meta}"

    async def lists(self) -> None:
        """See every list, a call, the queue, a record, the help."""
        await self._go(*["down"] * 6, "f6", "down", "enter", "down", "escape")
        await self._go("f5", "down", "ctrl+o", "f5", "escape", "f2", "ctrl+o", "down", "escape")
        for place, kind in (("records", Records), ("association", Association)):
            for name in kind.titles:
                self._walk.app.action_go(place, name)
                await self._go("enter", "down", "escape")
        await self._go("f1", "escape", "ctrl+p", "escape")

    async def person(self, forms: str) -> None:
        """See the people, a card, its forms and some of its events."""
        await self._go("f3", "down", "enter", *["down"] * 4)
        for form in forms:
            await self._go(form, "down")
            if self._walk.place == "FormScreen":
                await self._go("escape")
        for _ in range(3):
            await self._go("up", "enter")
            if self._walk.place != "Person":
                await self._go("escape")

    async def reports(self, names: list[str]) -> None:
        """See the reports."""
        await self._go("f7")
        for name in names:
            self._walk.app.screen.action_report(name)  # type: ignore[attr-defined] # Rapport
            await self._go("pagedown", "tab", "escape")

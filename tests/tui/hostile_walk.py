"""Goes through every screen, prompt and command of finsam in the terminal that it is started in.

`python -m tests.tui.hostile_walk REGISTER KEY_FILE WAY`, where WAY is screens, commands or prompts.
"""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.cli import main
from finsam_tui.report import catalogue
from finsam_tui.storage import keys, opening
from finsam_tui.tui.app import FinsamApp
from finsam_tui.tui.screens.records import Association, Records
from tests.tui.quiet import hurry
from tests.tui.walk import Walk

if TYPE_CHECKING:
    from textual.pilot import Pilot

FORMS = "nbopvfasuirkh"  # the keys of the card that open forms


class Tour(Walk):
    """A walk that remembers where it has been."""

    seen: set[str]

    async def go(self, *keys: str) -> None:
        """Press keys, and remember the screen after each."""
        for key in keys:
            await self.press(key)
            self.seen.add(self.place)

    async def house(self) -> None:
        """See the lists, a call, the help."""
        await self.go(*["down"] * 8, "f6", "down", "enter", "down", "escape")
        await self.go("f5", *["down"] * 4, "ctrl+o", "f5", "escape")
        await self.go("f2", "ctrl+o", "down", "escape", "f1", "escape")

    async def person(self, number: int) -> None:
        """See a card, every other form of it, and records of its events."""
        await self.go("f3", *["down"] * number, "enter", *["down"] * 8)
        for form in FORMS[number % 2 :: 2]:
            await self.go(form, "down")
            if self.place == "FormScreen":
                await self.go("escape")
        for _ in range(4):
            await self.go("up", "enter")
            if self.place != "Person":
                await self.go("escape")

    async def years(self) -> None:
        """See the records of the years, what the association is made of, and the reports."""
        for place, kind in (("records", Records), ("association", Association)):
            for name in kind.titles:
                self.app.action_go(place, name)
                await self.go("enter", "down", "escape")
        await self.go("f7")
        for name in catalogue.REPORTS:
            self.app.screen.action_report(name)  # type: ignore[attr-defined] # the Rapport screen
            await self.go("pagedown", "tab", "escape")


async def walk_through(seen: Path, app: FinsamApp, pilot: Pilot[int]) -> None:
    """Press keys until every screen has been seen, and leave."""
    tour = Tour(pilot, app)
    tour.seen = set()
    await tour.settle()
    await tour.house()
    for number in range(2):
        await tour.person(number)
    await tour.years()
    await tour.go("ctrl+p", "escape", "f8", "x", "f9")
    seen.write_text("\n".join(sorted(tour.seen)))  # noqa: ASYNC240 - nobody waits
    app.exit()


def screens(path: Path, key_file: Path) -> None:
    """Walk through the screens."""
    register = opening.open_register(path, keys.unlock_key_file(path, key_file))
    app = FinsamApp(register, path=str(path))
    hurry()
    app.run(auto_pilot=partial(walk_through, path.with_suffix(".seen"), app))
    app.release()


def commands(path: Path, key_file: Path) -> None:
    """Run the commands that print what the register holds."""
    opened = ["--db", str(path), "--key-file", str(key_file)]
    for report in catalogue.REPORTS:
        main(["rapport", report, "--year", str(datetime.now().year - 1), *opened])  # noqa: DTZ005
        main(["rapport", report, "--from", "2020-01-01", "--to", "2030-12-31", *opened])
    main(["kontroll", *opened])
    main(["nyckel", "list", "--db", str(path)])
    for file in sorted(path.parent.glob("*.csv")):
        main(["import", str(file), "--dry-run", *opened])


if __name__ == "__main__":
    register, key = Path(sys.argv[1]), Path(sys.argv[2])
    {"screens": screens, "commands": commands}[sys.argv[3]](register, key)

"""What the palette offers: every key that works here, and what has no key.

Textual's own commands are left out: a screenshot of this screen would be a file with people in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Provider
from textual.content import Content

from finsam_tui.storage import access, association, kept_answers, lock_time, staff
from finsam_tui.storage.target import Target
from finsam_tui.text import fold
from finsam_tui.tui import handbook
from finsam_tui.tui.keys import shown_key
from finsam_tui.tui.screens.code_lists import TITLE as CODE_LISTS
from finsam_tui.tui.screens.records import Association, Records
from finsam_tui.tui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from textual.command import Hits

    from finsam_tui.storage.register import Register
    from finsam_tui.tui.app import FinsamApp

    Run = Callable[[], Coroutine[Any, Any, object]]

PALETTE = "--command-palette"  # the id that Textual knows its palette by
NOTHING = "Inget att göra heter så."
_KEY_WIDTH = 8
_NOW = " (så är det nu)"
_ANSWERS = {True: "svaren fråga för fråga", False: "bara utfallet, inte svaren"}


class Command(NamedTuple):
    """Something to do: its key, "" for none; what it is called in the footer; what it does."""

    key: str
    label: str
    text: str
    run: Run

    @property
    def line(self) -> str:
        """Return what the palette shows."""
        return f"{self.key:<{_KEY_WIDTH}}{self.text}"

    def score(self, words: list[str]) -> float:
        """Return how well this is meant by folded words, 0 not at all: all are to be in it."""
        names = fold(f"{self.label} {self.text} {self.key}")
        if not all(word in names for word in words):
            return 0
        begun = sum(f" {word}" in f" {names}" for word in words)
        return (1 + begun) / (1 + len(words))


def palette() -> CommandPalette:
    """Return the palette, in Swedish."""
    return CommandPalette(placeholder="Skriv vad du vill göra", id=PALETTE)


class Commands(Provider):
    """Everything that can be done on the screen that the palette was opened from."""

    async def discover(self) -> Hits:
        """Yield everything."""
        for command in self._commands():
            yield DiscoveryHit(Content(command.line), command.run, text=command.line)

    async def search(self, query: str) -> Hits:
        """Yield what is meant by the words typed, with or without å, ä and ö."""
        words = fold(query).split()
        found = False
        for command in self._commands():
            if score := command.score(words):
                found = True
                yield Hit(score, Content(command.line), command.run, text=command.line)
        if not found:
            yield Hit(1, Content(NOTHING), self._nothing, text=NOTHING)

    def _commands(self) -> Iterator[Command]:
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if enabled and binding.id and not binding.id.startswith("list."):
                run = self._runner(binding.action, node)
                yield Command(shown_key(binding), binding.description, binding.tooltip, run)
        yield from self._lists("records", Records)
        for name in handbook.APART:
            run = self._runner(f"page('{name}')", self.app)
            yield Command("", "Handbok", f"Handbok: {handbook.title(name)}", run)
        register = cast("FinsamApp", self.app).register
        if access.may_open(register, Target(association.OWN)):
            yield from self._lists("association", Association)
            own = self._runner("own_association", self.app)
            yield Command("", Association.heading, f"{Association.heading}: Namn och län", own)
            codes = self._runner("go('code_lists')", self.app)
            yield Command("", Association.heading, f"{Association.heading}: {CODE_LISTS}", codes)
        if staff.coordinates(register):
            yield from self._settings(register)
        for theme in THEMES:
            run = self._runner(f"theme('{theme.name}')", self.app)
            yield Command("", "Färger", f"Färger: {theme.name}", run)

    def _lists(self, place: str, kind: type[Records]) -> Iterator[Command]:
        for form, title in kind.titles.items():
            run = self._runner(f"go('{place}', '{form}')", self.app)
            yield Command("", kind.heading, f"{kind.heading}: {title}", run)

    def _settings(self, register: Register) -> Iterator[Command]:
        """Yield what can be set for all, and tell how it is."""
        chosen, kept = lock_time.minutes(register), kept_answers.kept(register.conn)
        for minutes in lock_time.CHOICES:
            run = self._runner(f"lock_after({minutes})", self.app)
            text = f"Lås efter {minutes} minuter utan tangenttryck"
            yield Command("", "Inställning", text + _NOW * (minutes == chosen), run)
        for keep, what in _ANSWERS.items():
            run = self._runner(f"screening_answers({keep})", self.app)
            text = f"Våldsscreening: spara {what}"
            yield Command("", "Inställning", text + _NOW * (keep == kept), run)

    def _runner(self, action: str, node: Any) -> Run:  # noqa: ANN401 - what a binding belongs to
        async def run() -> object:
            return await self.app.run_action(action, node)

        return run

    async def _nothing(self) -> None:
        """Do nothing."""

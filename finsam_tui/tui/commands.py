"""What the palette offers: every key that works here, and what has no key.

Textual's own commands are left out: a screenshot of this screen would be a file with people in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.command import CommandPalette, DiscoveryHit, Hit, Provider

from finsam_tui.tui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from typing import Any

    from textual.command import Hits


class Command(NamedTuple):
    """A line of the palette; `help` says what the key is."""

    text: str
    help: str
    run: Callable[[], Coroutine[Any, Any, object]]


def palette() -> CommandPalette:
    """Return the palette, in Swedish."""
    return CommandPalette(placeholder="Skriv vad du vill göra", id="--command-palette")


class Commands(Provider):
    """Everything that can be done on the screen that the palette was opened from."""

    async def discover(self) -> Hits:
        """Yield everything."""
        for command in self._commands():
            yield DiscoveryHit(command.text, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        """Yield what the letters typed are found in, in this order."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.text)
            if score > 0:
                shown = matcher.highlight(command.text)
                yield Hit(score, shown, command.run, text=command.text, help=command.help)

    def _commands(self) -> Iterator[Command]:
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if enabled and binding.id and not binding.id.startswith("list."):
                key = binding.key_display or binding.key

                async def run(action: str = binding.action, node: Any = node) -> object:  # noqa: ANN401 - what a binding belongs to
                    return await self.app.run_action(action, node)

                yield Command(binding.tooltip, key, run)
        for theme in THEMES:

            async def paint(name: str = theme.name) -> object:
                return await self.app.run_action(f"theme('{name}')")

            yield Command(f"Färger: {theme.name}", "", paint)

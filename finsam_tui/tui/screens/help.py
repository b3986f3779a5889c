"""F1: the page of the handbook about the screen underneath, and the keys that work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from finsam_tui.tui.handbook import page
from finsam_tui.tui.keys import shown_key
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.leaf import Leaf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from textual.screen import Screen
    from textual.widget import Widget


class Help(Place[None]):
    """A page of the handbook: the one about a screen, or another by its name."""

    CSS_PATH = "../styles/help.tcss"
    heading = "Hjälp"
    page = "hjalp"

    def __init__(self, about: Screen[Any], name: str = "") -> None:
        super().__init__()
        shown = page(name or getattr(about, "page", "hjalp"))
        self._text = shown if name else f"{shown}\n{_keys(about)}"

    def body(self) -> Iterable[Widget]:
        """Yield the page."""
        with VerticalScroll():
            yield Leaf(self._text)

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()


def _keys(screen: Screen[Any]) -> str:
    """Return the keys that work on a screen right now, as a list."""
    lines = ["## Tangenter här", ""]
    for _, binding, enabled, _ in screen.active_bindings.values():
        if enabled and binding.id:
            lines.append(f"- **{shown_key(binding)}** {binding.tooltip}")
    return "\n".join(lines)

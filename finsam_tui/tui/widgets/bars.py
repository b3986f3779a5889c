"""The lines around every screen: its title above, what was just told and the keys below."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.widget import Widget

from finsam_tui.text import long_date
from finsam_tui.tui.keys import shown_key
from finsam_tui.tui.widgets.cells import ground, role, strip, wrapped
from finsam_tui.tui.widgets.form_lines import fit
from finsam_tui.tui.widgets.key_line import Key, laid_out

if TYPE_CHECKING:
    from textual import events
    from textual.binding import Binding
    from textual.geometry import Size
    from textual.screen import Screen
    from textual.strip import Strip

    from finsam_tui.tui.app import FinsamApp
    from finsam_tui.tui.widgets.cells import Piece
    from finsam_tui.tui.widgets.key_line import Placed

_KEPT = ("escape", "ctrl+p")  # the way back, and the way to all other keys


class TitleBar(Widget):
    """Where one is, and on the right the day and who is working."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def retitle(self, title: str) -> None:
        """Say something else."""
        self.title = title
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """Draw the line."""
        app = cast("FinsamApp", self.app)
        right = f"{app.user_name}  {long_date(app.clock())}".strip()
        width = self.size.width - 2
        line = fit(self.title, width - len(right) - 1) + " " + right
        return strip([(f" {line}", role(self, "strong"))], self.size.width, ground(self, "bar"))


class StatusLine(Widget):
    """What was just done or refused, until something else is told; as many lines as it takes.

    On the right, where there is room, how old the last copy is.
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines it takes, at least one."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        told = cast("FinsamApp", self.app).told
        return wrapped(f"! {told.text}" if told.warning else told.text, max(10, width - 2))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        lines = self._lines(self.size.width)
        warning = cast("FinsamApp", self.app).told.warning
        style = role(self, "warning") if warning else None
        text = lines[y] if y < len(lines) else ""
        aside = self._copies(self.size.width - cell_len(text) - 2) if y == len(lines) - 1 else []
        return strip([(f" {text}", style), *aside], self.size.width, ground(self))

    def _copies(self, room: int) -> list[Piece]:
        """Return what is told of copies, at the right end of so many cells; nothing if too few."""
        copies = cast("FinsamApp", self.app).copies
        if copies is None:
            return []
        text = f"! {copies.text}" if copies.warning else copies.text
        style = role(self, "warning" if copies.warning else "muted")
        return [(fit(text, room, "right"), style)] if cell_len(text) + 2 <= room else []


class KeyBar(Widget):
    """The keys that work here: the screen's own on the first line, those of the house below."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[list[Binding]] = [[], []]

    def on_mount(self) -> None:
        """Follow the keys as the screen's state changes."""
        self.screen.bindings_updated_signal.subscribe(self, self._update)
        self._update(self.screen)

    def _update(self, screen: Screen[object]) -> None:
        if screen is not self.screen:
            return
        lines: list[list[Binding]] = [[], []]
        for node, binding, enabled, _ in screen.active_bindings.values():
            if binding.show and enabled and binding.id:
                lines[node is self.app].append(binding)
        lines[0].sort(key=lambda binding: binding.key == "escape")  # the way back stands last
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def _placed(self, y: int) -> list[Placed]:
        bindings = self._lines[y] if y < len(self._lines) else []
        keys = [Key(shown_key(b), b.description, kept=b.key in _KEPT) for b in bindings]
        return laid_out(keys, self.size.width - 2)

    def on_click(self, event: events.Click) -> None:
        """Do what a clicked key does."""
        for key, x, number in self._placed(event.y):
            if x < event.x <= x + key.width:
                self.app.simulate_key(self._lines[event.y][number].key)

    def render_line(self, y: int) -> Strip:
        """Draw one of the two lines; keys that do not fit are in the palette."""
        pieces: list[Piece] = []
        end = -1  # a cell of margin
        for key, x, _ in self._placed(y):
            pieces += [
                (" " * (x - end), None),
                (key.shown, role(self, "key")),
                (f" {key.label}", None),
            ]
            end = x + key.width
        return strip(pieces, self.size.width, ground(self, "bar"))

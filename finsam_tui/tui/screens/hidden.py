"""Nothing at all, until a key is pressed: for when somebody comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from textual import events


class Hidden(Screen[None]):
    """An empty screen. The key that ends it does nothing else."""

    def __init__(self) -> None:
        super().__init__(classes="hidden")

    def on_key(self, event: events.Key) -> None:
        """Show again what was hidden."""
        event.stop()
        event.prevent_default()
        self.dismiss()

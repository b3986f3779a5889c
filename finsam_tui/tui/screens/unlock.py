"""The door: a passphrase, and the register is open. A wrong one is told in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input

from finsam_tui.errors import FinsamError
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.page import Page, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from finsam_tui.storage.register import Register


class Unlock(Place[None]):
    """Asks for the passphrase. Unlocking takes a fifth of a second, in a thread of its own."""

    CSS_PATH = "../styles/unlock.tcss"
    heading = "finsam"
    page = "lasupp"

    def body(self) -> Iterable[Widget]:
        """Yield the one field."""
        self.words = Page(id="unlock-words")
        self.field = Input(password=True, placeholder="Lösenfras", id="unlock-field", compact=True)
        with Vertical(id="unlock"):
            yield self.words
            yield self.field

    def on_mount(self) -> None:
        """Say what is locked."""
        self.words.show(
            [
                line("Registret är låst.", "strong"),
                line(self.house.path, "muted"),
                line(""),
                line("Skriv din lösenfras och tryck Enter:"),
            ]
        )
        self.field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try the passphrase."""
        event.stop()
        passphrase, unlock = event.value, self.house.unlock
        self.field.clear()
        if not passphrase or unlock is None:
            return
        self.house.tell("Låser upp …")
        self.run_worker(
            lambda: self._try(passphrase), thread=True, exclusive=True, exit_on_error=False
        )

    def _try(self, passphrase: str) -> None:
        """Unlock, off the screen's thread; the register itself is opened in it."""
        assert self.house.unlock is not None  # noqa: S101 - asked for at the submit
        try:
            opener = self.house.unlock(passphrase)
        except FinsamError as error:
            self.app.call_from_thread(self.house.tell, str(error), warning=True)
        else:
            self.app.call_from_thread(self.house.attempt, self._open, opener)

    def _open(self, opener: Callable[[], Register]) -> None:
        self.house.take(opener())
        self.house.go("today")

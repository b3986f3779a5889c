"""The door: a passphrase, and the register is open. A wrong one is told in a line.

Where a key file opens it, or nothing is guarded, Enter does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from finsam_tui.errors import FinsamError
from finsam_tui.storage import attempts
from finsam_tui.storage.process import forget
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.page import Page, line
from finsam_tui.tui.widgets.secret_line import SecretLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from finsam_tui.storage.register import Register

_BY_PHRASE = "Skriv din lösenfras och tryck Enter:"
_BY_ENTER = "Ingen lösenfras behövs här. Tryck Enter:"


class Unlock(Place[None]):
    """Asks for the passphrase. Unlocking takes a fifth of a second, in a thread of its own."""

    CSS_PATH = "../styles/unlock.tcss"
    heading = "finsam"
    page = "lasupp"

    def body(self) -> Iterable[Widget]:
        """Yield the one field."""
        self.words = Page(id="unlock-words")
        self.field = SecretLine(id="unlock-field")
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
                line(_BY_ENTER if self.house.by_enter else _BY_PHRASE),
            ]
        )
        self.field.focus()

    def on_secret_line_done(self) -> None:
        """Try the passphrase; further Enters while it is tried have nothing to try."""
        if self.house.unlock is None or (self.field.empty and not self.house.by_enter):
            return
        self.house.tell("Låser upp …")
        self.run_worker(self._try, thread=True, exclusive=True, exit_on_error=False)

    def _try(self) -> None:
        """Unlock, off the screen's thread; the register itself is opened in it.

        A worker tells of its job with the arguments, so the passphrase is none of them.
        """
        assert self.house.unlock is not None  # noqa: S101 - asked for at the submit
        passphrase = self.field.taken()
        self.app.call_from_thread(self.field.refresh)
        try:
            opener = self.house.unlock(passphrase)
        except FinsamError as error:
            self.app.call_from_thread(self.house.tell, str(error), warning=True)
        else:
            self.app.call_from_thread(self.house.attempt, self._open, opener)
        finally:
            forget(passphrase)

    def _open(self, opener: Callable[[], Register]) -> None:
        if not self.house.locked:  # by the Enter before
            return
        register = opener()
        self.house.take(register)
        self.house.go("today")
        if failed := attempts.settle(register):
            self.house.tell(f"{'; '.join(failed)}.", warning=True)

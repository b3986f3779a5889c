"""What every app of ours shares: our themes only, and faults told without what they held."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.app import App
from textual.reactive import Reactive
from textual.worker import WorkerFailed

from finsam_tui import crash
from finsam_tui.tui.discreet import discreet
from finsam_tui.tui.theme import THEMES

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.theme import Theme

ResultT = TypeVar("ResultT")

_THEMES = {theme.name: theme for theme in THEMES}  # asked for at each line that is drawn


class Frame(App[ResultT]):
    """An app in our colours."""

    TITLE = "finsam"
    CSS_PATH = "styles/house.tcss"

    # Textual paints everything once more for a theme that is set at the start.
    theme: Reactive[str] = Reactive(THEMES[0].name, init=False)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Our own themes, and none of Textual's."""
        return _THEMES

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's driver for this machine, leaving nothing of what is pasted."""
        return discreet(super().get_driver_class())

    def _handle_exception(self, error: Exception) -> None:
        """Leave at a fault in the program, for `finish` to raise it.

        Textual would print local variables, and here those are people.
        """
        self._return_code = crash.EXIT_CODE
        if self._exception is None:
            cause = error.error if isinstance(error, WorkerFailed) else error
            self._exception = cause if isinstance(cause, Exception) else error
            self._exception_event.set()
        self._close_messages_no_wait()

    def finish(self) -> ResultT | None:
        """Run, and return what came of it; a fault comes out as the exception that it was."""
        result = self.run()
        if self._exception is not None:
            raise self._exception
        return result

"""A line to type in above a screen's own: what it is for, and the text; Enter takes it, Esc not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from finsam_tui.errors import FieldError, FinsamError
from finsam_tui.text import clean
from finsam_tui.tui.widgets.page import Page, flowed, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    Take = Callable[[str], None]


class AskLine(Vertical):
    """Shown while something is asked; posts Done when it no longer is, and Refused with the reason.

    What is typed is cleaned. The one who takes it raises FieldError or FinsamError to refuse it.
    """

    class Done(Message):
        """There is nothing more to type."""

    class Refused(Message):
        """What was typed cannot be taken."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(self) -> None:
        super().__init__()
        self._words, self._field = Page(), Input(compact=True)
        self._take: Take | None = None

    def compose(self) -> Iterable[Widget]:
        """Yield what is asked, and the field."""
        yield self._words
        yield self._field

    @property
    def asking(self) -> bool:
        """Whether something is asked."""
        return self._take is not None

    def ask(self, words: str, text: str, take: Take) -> None:
        """Ask for a line that begins as `text`, and hand it to `take`.

        Where two blanks stand the words go on below if they have no room.
        """
        pieces = [line(piece, "strong") for piece in words.split("  ")]
        self._words.show(flowed(pieces, self.app.size.width - 2, "  "))
        self._field.value = text
        self._take = take
        self.screen.add_class("-typing")
        self._field.focus()

    def stop(self) -> None:
        """Ask no more."""
        self._take = None
        self.screen.remove_class("-typing")
        self.post_message(self.Done())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed, or say why it cannot be taken."""
        event.stop()
        take = self._take
        try:
            if event.value.strip() and take:
                take(clean(event.value))
        except (FieldError, FinsamError, RuntimeError) as error:  # no such user: "~nobody/"
            self.post_message(self.Refused(str(error)))
        else:
            if self._take is take:  # one answer may lead to the next question
                self.stop()

"""A field for a passphrase, which leaves no copy of it: an Input makes a new text at every key."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from finsam_tui.storage.process import forget
from finsam_tui.tui.widgets.cells import ground, role, strip

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

_MARK, _HAND = "•", "▏"
_ENTER = ("enter", "ctrl+j")  # what Enter is when it is pressed before the program is there


def _in_line(character: str) -> bool:
    return character not in "\r\n"


class SecretLine(Widget, can_focus=True):
    """Shows a mark for each character typed, and posts Done at Enter."""

    class Done(Message):
        """All of it has been typed; `taken` gives it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._typed: list[str] = []

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed."""
        return not self._typed

    def taken(self) -> str:
        """Return what was typed, and forget it; to be followed by a refresh."""
        typed = "".join(self._typed)
        self._typed = []
        return typed

    def on_key(self, event: events.Key) -> None:
        """Take a character, or take one or all of them back."""
        if event.key in _ENTER:
            self.post_message(self.Done())
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.key == "ctrl+u":
            self._typed = []
        elif event.is_printable and event.character:
            self._typed.append(event.character)
        else:
            return
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line of what is pasted, and wipe the text that brought it."""
        event.stop()
        self._typed += itertools.takewhile(_in_line, event.text)
        forget(event.text)
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """Draw the marks, the last ones where there are many."""
        marks = (_MARK * len(self._typed) + _HAND)[-max(1, self.size.width - 1) :]
        return strip([(marks, role(self, "strong"))], self.size.width, ground(self))

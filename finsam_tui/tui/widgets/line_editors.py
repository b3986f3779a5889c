"""Answers that are typed: what an editor of the field in hand is, and those for lines and texts.

An editor knows what stands in its field and what a key does to it; it draws nothing and checks
nothing. Its `raw` is at every moment the answer as text, half typed or not, so that a draft holds
each keystroke.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from finsam_tui.text import clean
from finsam_tui.tui.widgets.text_buffer import TextBuffer, row_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.options import Option

NEW_LINE = ("ctrl+j", "shift+enter", "alt+enter")


class Did(Enum):
    """What a key did in an editor."""

    NOTHING = "nothing"  # the key is somebody else's
    EDITED = "edited"
    ANSWERED = "answered"  # picked with its own key: go on at once
    ENTERED = "entered"  # confirmed with Enter: go on if it can be read


class Editor(ABC):
    """What the form asks of an editor. `options` is `()` where the answer is typed."""

    typed: TextBuffer
    options: Sequence[Option]
    marked: Option | None = None  # moved to with the arrows, not yet picked

    @property
    @abstractmethod
    def raw(self) -> str:
        """The answer as it stands, as the text that the field parses."""

    @abstractmethod
    def press(self, key: str, character: str | None) -> Did:
        """Do what the key does here."""

    def paste(self, text: str) -> None:
        """Put pasted text in; raise FieldError where it may not be kept."""
        self.typed.insert(clean(text))

    def has(self, option: Option) -> bool:
        """Whether an option is picked."""
        return self.raw == option.raw

    def settle(self) -> None:  # noqa: B027 - nothing is half typed in a line
        """Take what is half typed for what it must mean, before the field is left."""


@dataclass
class LineEditor(Editor):
    """A line of text."""

    typed: TextBuffer
    options: Sequence[Option] = ()

    @property
    def raw(self) -> str:
        """The text."""
        return self.typed.text

    def press(self, key: str, character: str | None) -> Did:
        """Edit the text; Enter confirms it."""
        if key == "enter":
            return Did.ENTERED
        return Did.EDITED if self.typed.press(key, character) else Did.NOTHING


@dataclass
class TextEditor(LineEditor):
    """Several lines of text, `width` cells wide on screen."""

    width: int = 60

    def press(self, key: str, character: str | None) -> Did:
        """Edit the text; up and down move in it, and out of it at its first and last line."""
        if key in NEW_LINE:
            self.typed.insert("\n")
            return Did.EDITED
        if key in ("up", "down"):
            return self._move_row(-1 if key == "up" else 1)
        return super().press(key, character)

    def _move_row(self, step: int) -> Did:
        lines = wrap(self.typed.text, self.width)
        row = row_of(lines, self.typed.cursor)
        if not 0 <= row + step < len(lines):
            return Did.NOTHING
        start, end = lines[row + step]
        # Where the width breaks a line, its end is the start of the next one.
        last = end - 1 if any(end == other for other, _ in lines) else end
        self.typed.move(min(start + self.typed.cursor - lines[row][0], max(start, last)))
        return Did.EDITED

    def paste(self, text: str) -> None:
        """Put in pasted text, with its line breaks."""
        self.typed.insert(clean(text, multiline=True))

"""Text being typed: a cursor, the usual editing keys, and where its lines break on screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class TextBuffer:
    """A text and the place in it, in characters. While `fresh`, typing replaces what stands."""

    text: str = ""
    cursor: int = 0
    fresh: bool = False

    def insert(self, text: str) -> None:
        """Put `text` at the cursor, or in place of a fresh text."""
        if self.fresh:
            self.clear()
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def clear(self) -> None:
        """Empty the text."""
        self.text, self.cursor, self.fresh = "", 0, False

    def press(self, key: str, character: str | None) -> bool:
        """Do what the key does in a line of text; return whether it does anything there."""
        if key in _KEYS:
            _KEYS[key](self)
            self.fresh = False
        elif character is not None and character.isprintable():
            self.insert(character)
        else:
            return False
        return True

    def move(self, place: int) -> None:
        """Put the cursor before the character at `place`, or as near as there is text."""
        self.cursor = max(0, min(place, len(self.text)))

    def cut(self, start: int, end: int) -> None:
        """Remove the characters from `start` to `end`."""
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def line_start(self) -> int:
        """Return where the line of the cursor begins."""
        return self.text.rfind("\n", 0, self.cursor) + 1

    def line_end(self) -> int:
        """Return where the line of the cursor ends."""
        end = self.text.find("\n", self.cursor)
        return len(self.text) if end < 0 else end

    def word_start(self) -> int:
        """Return where the word before the cursor begins."""
        before = self.text[: self.cursor].rstrip()
        return max((before.rfind(blank) for blank in " \n\t"), default=-1) + 1

    def word_end(self) -> int:
        """Return where the word after the cursor ends."""
        place = self.cursor
        while place < len(self.text) and self.text[place].isspace():
            place += 1
        while place < len(self.text) and not self.text[place].isspace():
            place += 1
        return place

    def backspace(self) -> None:
        """Remove the character before the cursor, or all of a fresh text."""
        if self.fresh:
            self.clear()
        elif self.cursor:
            self.cut(self.cursor - 1, self.cursor)

    def delete(self) -> None:
        """Remove the character at the cursor, or all of a fresh text."""
        if self.fresh:
            self.clear()
        elif self.cursor < len(self.text):
            self.cut(self.cursor, self.cursor + 1)


_KEYS: dict[str, Callable[[TextBuffer], None]] = {
    **dict.fromkeys(("left", "ctrl+b"), lambda b: b.move(b.cursor - 1)),
    **dict.fromkeys(("right", "ctrl+f"), lambda b: b.move(b.cursor + 1)),
    **dict.fromkeys(("home", "ctrl+a"), lambda b: b.move(b.line_start())),
    **dict.fromkeys(("end", "ctrl+e"), lambda b: b.move(b.line_end())),
    "ctrl+left": lambda b: b.move(b.word_start()),
    "ctrl+right": lambda b: b.move(b.word_end()),
    **dict.fromkeys(("backspace", "ctrl+h"), TextBuffer.backspace),
    **dict.fromkeys(("delete", "ctrl+d"), TextBuffer.delete),
    **dict.fromkeys(
        ("ctrl+w", "ctrl+backspace", "alt+backspace"), lambda b: b.cut(b.word_start(), b.cursor)
    ),
    "ctrl+delete": lambda b: b.cut(b.cursor, b.word_end()),
    "ctrl+u": lambda b: b.cut(b.line_start(), b.cursor),
    "ctrl+k": lambda b: b.cut(b.cursor, b.line_end()),
}


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Return the (start, end) of each line of `text` on `width` cells; never none.

    Blanks at a break stay on the line they end, even past the width, so that every place in the
    text is on one line. A line break belongs to neither of its lines.
    """
    lines: list[tuple[int, int]] = []
    offset = 0
    for paragraph in text.split("\n"):
        lines += [(offset + a, offset + b) for a, b in _breaks(paragraph, max(1, width))]
        offset += len(paragraph) + 1
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of `text` on `width` cells, without the blanks at their ends."""
    return [text[start:end].rstrip() for start, end in wrap(text, width)]


def row_of(lines: list[tuple[int, int]], place: int) -> int:
    """Return which of the `lines` from `wrap` the character at `place` is on."""
    return max(row for row, (start, _end) in enumerate(lines) if start <= place)


# While somebody types in one paragraph, the others are as they were.
@lru_cache(maxsize=512)
def _breaks(paragraph: str, width: int) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int]] = []
    start = 0
    while (end := _fit(paragraph, start, width)) < len(paragraph):
        blank = paragraph.rfind(" ", start, end + 1)
        if blank > start:
            end = blank + 1
        lines.append((start, end))
        start = end
    return (*lines, (start, end))


def _fit(text: str, start: int, width: int) -> int:
    """Return the end of the longest piece from `start` that `width` cells hold, one at least."""
    end = start + width
    while end > start + 1 and cell_len(text[start:end]) > width:
        end -= 1
    return min(end, len(text))

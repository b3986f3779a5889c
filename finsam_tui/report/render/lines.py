"""Lines of styled text: what everything printed is made of, and how wide it is in a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Style = Literal["", "title", "heading", "column", "total", "faint", "warning", "bar"]

_GROUP = len("234")
_FIRST_COMBINING = "\u0300"  # what is below is one column wide


class Span(NamedTuple):
    """Some text in one style."""

    text: str
    style: Style = ""


class Line(NamedTuple):
    """A line of the page."""

    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(span.text for span in self.spans)


EMPTY = Line()


def line(text: str, style: Style = "") -> Line:
    """Return a line in one style."""
    return Line((Span(text, style),)) if text else EMPTY


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    if text.isascii() or max(text) < _FIRST_COMBINING:
        return len(text)
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def left(text: str, columns: int) -> str:
    """Return `text` followed by blanks, `columns` wide."""
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """Return `text` after blanks, `columns` wide."""
    return " " * (columns - width(text)) + text


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """Return `text` broken at blanks into lines of at most `columns`, all but the first indented.

    A word longer than a line is cut, after a slash or hyphen where it has one.
    """
    if width(text) <= columns and text == " ".join(text.split()):
        return [text]  # most texts
    lines: list[str] = []
    current = ""
    for glue, piece in _pieces(text, columns - len(indent)):
        if current and width(current + glue + piece) > columns:
            lines.append(current)
            current = indent + piece
        else:
            current += (glue if current else "") + piece
    return [*lines, current]


def _pieces(text: str, columns: int) -> Iterator[tuple[str, str]]:
    """Yield the words of `text`, the long ones cut, each after what stands before it on a line."""
    for word in _words(text):
        glue, rest = " ", word
        while width(rest) > columns:
            cut = _cut(rest, columns)
            yield glue, rest[:cut]
            glue, rest = "", rest[cut:]
        yield glue, rest


def _words(text: str) -> list[str]:
    """Return the words of `text`; a figure such as 1 234 or 12,3 % is one of them."""
    words: list[str] = []
    for word in text.split():
        of_figure = word.startswith("%") or (word[:_GROUP].isdecimal() and len(word) >= _GROUP)
        if of_figure and words and words[-1][-1].isdecimal():
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _cut(word: str, columns: int) -> int:
    """Return how many characters of `word` to leave on a line."""
    fit = 1
    while width(word[: fit + 1]) <= columns:
        fit += 1
    after = max(word.rfind(mark, 0, fit) for mark in "/-")
    return after + 1 if after > 0 else fit

"""Lines of text with roles: what a form is drawn as before there are any colours.

A role is the name of a component class: what it looks like is in the stylesheet, and whatever it
means is said in words or signs as well.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from rich.cells import cell_len, set_cell_size

from finsam_tui.text import safe

Align = Literal["left", "right"]
Span = tuple[str, str]  # text, role


class Line(NamedTuple):
    """One line on screen: its spans, the field it is about, the cell of the cursor or -1."""

    spans: tuple[Span, ...] = ()
    field: str = ""
    cursor: int = -1

    @property
    def text(self) -> str:
        """The line without its roles."""
        return "".join(text for text, _role in self.spans)


def width_of(spans: tuple[Span, ...] | list[Span]) -> int:
    """Return how many cells the spans take."""
    return sum(cell_len(text) for text, _role in spans)


def crop(text: str, width: int) -> str:
    """Return `text` on at most `width` cells, ending in … where it is cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def fit(text: str, width: int, align: Align = "left") -> str:
    """Return `text`, safe to show, on exactly `width` cells: cut, or padded."""
    text = crop(safe(text), width)
    room = " " * (width - cell_len(text))
    return room + text if align == "right" else text + room


def crop_spans(spans: list[Span], width: int) -> tuple[Span, ...]:
    """Return the spans on at most `width` cells."""
    kept: list[Span] = []
    for text, role in spans:
        if cell_len(text) > width:
            return (*kept, (crop(text, width), role))
        kept.append((text, role))
        width -= cell_len(text)
    return tuple(kept)

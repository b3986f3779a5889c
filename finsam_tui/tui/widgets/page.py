"""A few lines of text that are there to be read: summaries, details, drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.widget import Widget

from finsam_tui.tui.widgets.cells import ground, role, strip
from finsam_tui.tui.widgets.form_lines import crop_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.geometry import Size
    from textual.strip import Strip


class Span(NamedTuple):
    """A piece of a line; `role` is "", heading, muted, strong or warning."""

    text: str
    role: str = ""


Line = tuple[Span, ...]


def line(text: str, role: str = "") -> Line:
    """Return a line of one piece."""
    return (Span(text, role),)


def flowed(pieces: Iterable[Line], width: int, between: str = "   ") -> list[Line]:
    """Return pieces one after the other, in as many lines of at most `width` as they take."""
    lines: list[Line] = []
    for piece in pieces:
        joined = (*lines[-1], Span(between), *piece) if lines else piece
        if lines and sum(cell_len(span.text) for span in joined) <= width:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


class Page(Widget):
    """Draws lines as they are, cut where the widget ends; … tells where."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines from now on."""
        grown = len(lines) != len(self._lines)
        self._lines = lines
        self.refresh(layout=grown)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines there are."""
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        spans = self._lines[y] if y < len(self._lines) else ()
        cut = crop_spans([*spans], self.size.width - 1)
        styled = [(text, role(self, name)) for text, name in cut]
        return strip([(" ", None), *styled], self.size.width, ground(self))

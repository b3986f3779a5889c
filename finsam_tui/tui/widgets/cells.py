"""Lines of text as cells: styled and broken, with nothing of it taken for markup.

Everything that widgets draw goes through here, so stored text is always made safe to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from finsam_tui.text import safe
from finsam_tui.tui.theme import styles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style
    from textual.widget import Widget

Piece = tuple[str, "Style | None"]


def role(widget: Widget, name: str) -> Style | None:
    """Return the style of a role of text (see `theme.styles`), None for ""."""
    return styles(widget.app.theme)[name] if name else None


def ground(widget: Widget, look: str = "") -> Style:
    """Return the style that the lines of a widget stand on; `look` is a role on top of it.

    A widget's own `rich_style` is the same, but works it out anew for every line.
    """
    known = styles(widget.app.theme)
    return known["ground"] + known[look] if look else known["ground"]


def strip(pieces: Iterable[Piece], width: int, ground: Style) -> Strip:
    """Return one line of `width` cells; each piece has its own style on top of `ground`."""
    runs: list[tuple[list[str], Style]] = []  # neighbours in the same style are one segment
    for text, style in pieces:
        full = ground + style if style else ground
        if runs and runs[-1][1] is full:
            runs[-1][0].append(safe(text))
        elif text:
            runs.append(([safe(text)], full))
    segments = [Segment("".join(texts), style) for texts, style in runs]
    return Strip(segments).adjust_cell_length(width, ground)


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells, broken between words where it can be."""
    lines: list[str] = []
    for paragraph in safe(text, multiline=True).expandtabs(4).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if cell_len(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *whole, line = _chopped(word, width)
            lines += whole
        lines.append(line)
    return lines


def _chopped(word: str, width: int) -> list[str]:
    pieces = [""]
    for char in word:
        if cell_len(pieces[-1] + char) > max(width, 1):
            pieces.append("")
        pieces[-1] += char
    return pieces

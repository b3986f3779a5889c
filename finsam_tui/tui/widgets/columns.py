"""The columns of a list: which are shown in a width, how wide, and a row of them as pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from finsam_tui.tui.widgets.form_lines import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.style import Style

    from finsam_tui.tui.widgets.cells import Piece
    from finsam_tui.tui.widgets.form_lines import Align

RowT = TypeVar("RowT")

GAP = 2  # cells between columns


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """A column: `width` in cells (0: a share of what is left).

    It is left out where the list is narrower than `from_width`. `tone` is "", "muted" or "strong".
    """

    title: str
    text: Callable[[RowT], str]
    width: int = 0
    align: Align = "left"
    from_width: int = 0
    tone: str = ""


def laid_out(columns: Sequence[Column[RowT]], width: int) -> list[tuple[Column[RowT], int]]:
    """Return the columns shown where there are `width` cells, each with its own width."""
    shown = [column for column in columns if width >= column.from_width]
    room = width - sum(column.width for column in shown) - GAP * (len(shown) - 1)
    shares = sum(1 for column in shown if not column.width)
    laid: list[tuple[Column[RowT], int]] = []
    for column in shown:
        wide = column.width or max(0, room // shares)
        if not column.width:
            room, shares = room - wide, shares - 1
        laid.append((column, wide))
    return laid


def row_pieces(
    texts: Iterable[str],
    laid: Sequence[tuple[Column[RowT], int]],
    tones: Callable[[str], Style | None],
) -> list[Piece]:
    """Return one row, fitted; `tones` gives the style of a column's tone."""
    pieces: list[Piece] = []
    for text, (column, wide) in zip(texts, laid, strict=True):
        style = tones(column.tone) if column.tone else None
        pieces += [(fit(text, wide, column.align), style), (" " * GAP, None)]
    return pieces[:-1]

"""The options of the field in hand, in columns: number, what is picked, what is marked."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from rich.cells import cell_len

from finsam_tui.text import plural
from finsam_tui.tui.widgets.choice_editors import SeveralEditor
from finsam_tui.tui.widgets.form_lines import Span, crop, fit, width_of
from finsam_tui.tui.widgets.form_options import candidates
from finsam_tui.tui.widgets.form_words import with_extent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.tui.widgets.form_options import Option
    from finsam_tui.tui.widgets.line_editors import Editor

GAP: Span = ("  ", "form--option")
BLANK: Span = (" ", "form--option")
ARROW: Span = (" →", "form--option")  # a step leads to the next


def option_lines(editor: Editor, width: int, height: int) -> list[list[Span]]:
    """Return the options that can still be meant, on at most `height` lines of `width` cells."""
    offered = candidates(editor.options, editor.typed.text.partition(":")[0])
    if not offered:
        return [[("  inget val börjar så", "form--dim")]]
    cells = [_cell(editor, option) for option in offered]
    joint = ARROW if all(option.step for option in offered) else BLANK
    row = [span for cell in cells for span in (cell, joint)][:-1]
    return (
        [row] if width_of(row) <= width else _columns(cells, width, height, _place(editor, offered))
    )


def _columns(cells: list[Span], width: int, height: int, place: int) -> list[list[Span]]:
    """Return the cells in columns, down and then across; the page with the one at `place`."""
    wide = min(width, max(cell_len(text) for text, _role in cells))
    columns = max(1, (width + 2) // (wide + 2))
    rest = 0
    if len(cells) > columns * height:
        page = columns * max(1, height - 1)
        start = place // page * page
        rest = len(cells) - page
        cells = cells[start : start + page]
    rows = ceil(len(cells) / columns)
    # Padded to the next column, so that a colour behind the text does not reach into it.
    lines = [
        [span for text, role in cells[row::rows] for span in ((fit(text, wide), role), GAP)][:-1]
        for row in range(rows)
    ]
    if rest:
        more = f"  … {plural(rest, 'val', 'val')} till; skriv bokstäver eller bläddra med ← →"
        lines.append([(crop(more, width), "form--dim")])
    return lines


def _place(editor: Editor, offered: Sequence[Option]) -> int:
    return offered.index(editor.marked) if editor.marked in offered else 0


def _cell(editor: Editor, option: Option) -> Span:
    """Return one option: a pointer if marked, a tick if picked, number, label."""
    picked, marked = editor.has(option), editor.marked == option
    if isinstance(editor, SeveralEditor):
        tick, extent = "[x] " if picked else "[ ] ", editor.chosen.get(option.raw, "")
    else:
        tick, extent = "✓" if picked else " ", ""
    digits = max(len(o.number) for o in editor.options)
    number = f"{option.number:>{digits}} " if digits else ""
    text = f"{'▸' if marked else ' '}{tick}{number}{with_extent(option.label, extent)}"
    text += " +" if option.positive else ""
    return text, "form--marked" if marked else "form--picked" if picked else "form--option"

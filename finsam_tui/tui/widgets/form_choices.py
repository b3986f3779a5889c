"""The options of the field in hand, in columns: number, what is picked, what is marked."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from rich.cells import cell_len

from finsam_tui.forms.options import candidates
from finsam_tui.text import plural
from finsam_tui.tui.widgets.choice_editors import SeveralEditor
from finsam_tui.tui.widgets.form_lines import Span, crop, fit, width_of
from finsam_tui.tui.widgets.form_words import with_extent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.options import Option
    from finsam_tui.tui.widgets.line_editors import Editor

ONE, SEVERAL = len("▸✓ "), len("▸[x]  ")  # the cells before a label, besides its number
AFTER = len(" +")
EXTENT = len(" 100 %")
GAP: Span = ("  ", "form--option")
BLANK: Span = (" ", "form--option")
ARROW: Span = (" →", "form--option")  # a step leads to the next


def option_lines(editor: Editor, width: int, height: int) -> list[list[Span]]:
    """Return the options that can still be meant, on at most `height` lines of `width` cells."""
    offered = candidates(editor.options, editor.typed.text.partition(":")[0])
    if not offered:
        return [[("  inget val börjar så", "form--dim")]]
    digits = max(len(option.number) for option in editor.options)
    joint = ARROW if all(option.step for option in offered) else BLANK
    if len(offered) * ONE < width:
        cells = [_cell(editor, option, digits) for option in offered]
        row = [span for cell in cells for span in (cell, joint)][:-1]
        if width_of(row) <= width:
            return [row]
    return _columns(editor, offered, digits, width, height)


def _columns(
    editor: Editor, offered: Sequence[Option], digits: int, width: int, height: int
) -> list[list[Span]]:
    """Return the options in columns, down and then across; the page with the marked one."""
    wide = max(cell_len(option.label) for option in offered) + _frame(editor, digits)
    columns = max(1, (width + 2) // (wide + 2))
    rest = 0
    if len(offered) > columns * height:
        page = columns * max(1, height - 1)
        place = offered.index(editor.marked) if editor.marked in offered else 0
        start = place // page * page
        rest = len(offered) - page
        offered = offered[start : start + page]
    rows = ceil(len(offered) / columns)
    cells = [_cell(editor, option, digits) for option in offered]
    # Padded to the next column, so that a colour behind the text does not reach into it.
    padded = [(fit(text, min(wide, width)), role) for text, role in cells]
    lines = [[s for cell in padded[row::rows] for s in (cell, GAP)][:-1] for row in range(rows)]
    if rest:
        more = f"  … {plural(rest, 'val', 'val')} till; skriv bokstäver eller bläddra med ← →"
        lines.append([(crop(more, width), "form--dim")])
    return lines


def _frame(editor: Editor, digits: int) -> int:
    """Return how many cells there are around a label."""
    after = AFTER * any(option.positive for option in editor.options)
    if isinstance(editor, SeveralEditor):
        return SEVERAL + digits + after + EXTENT * editor.extents
    return ONE + digits + after


def _cell(editor: Editor, option: Option, digits: int) -> Span:
    """Return one option: a pointer if marked, a tick if picked, number, label."""
    picked, marked = editor.has(option), editor.marked == option
    if isinstance(editor, SeveralEditor):
        tick, extent = "[x] " if picked else "[ ] ", editor.chosen.get(option.raw, "")
    else:
        tick, extent = "✓" if picked else " ", ""
    number = f"{option.number:>{digits}} " if digits else ""
    text = f"{'▸' if marked else ' '}{tick}{number}{with_extent(option.label, extent)}"
    text += " +" if option.positive else ""
    return text, "form--marked" if marked else "form--picked" if picked else "form--option"

"""The picture of a form: which lines stand on the screen, of a given size, for a given state.

A heading; the fields, scrolled so that the one in hand is seen whole; a rule with how far one has
come; two lines of help or what must be answered now; the keys. Pure: the same state, size and
scroll give the same lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from finsam_tui.forms import catalogue
from finsam_tui.text import plural, safe
from finsam_tui.tui.widgets import form_words
from finsam_tui.tui.widgets.form_block import Room, block, save_row
from finsam_tui.tui.widgets.form_lines import Line, crop, crop_spans
from finsam_tui.tui.widgets.text_buffer import wrapped

if TYPE_CHECKING:
    from finsam_tui.tui.widgets.form_state import FormState

HELP_LINES = 2
FRAME = 1 + 1 + HELP_LINES + 1  # heading, rule, help, keys


class Picture(NamedTuple):
    """The lines, top to bottom; how far the fields are scrolled; where the cursor is."""

    lines: tuple[Line, ...]
    top: int
    cursor: tuple[int, int] | None


class Title(NamedTuple):
    """What the form is about."""

    title: str
    subtitle: str = ""


def picture(state: FormState, title: Title, width: int, height: int, top: int = 0) -> Picture:
    """Return what stands on a screen of `width` × `height` cells, scrolled from `top` as needed."""
    tall = max(1, height - FRAME)
    fields, first, last = _fields(state, width, tall)
    top = _scrolled(top, tall, first, last, len(fields))
    window = fields[top : top + tall]
    more = len(fields) > top + tall
    lines = (
        _heading(state, title, width, above=top > 0),
        *window,
        *[Line()] * (tall - len(window)),
        _rule(state, width, below=more),
        *_help(state, width),
        Line(((" " + crop(form_words.hint(state), width - 2), "form--dim"),)),
    )[:height]
    cursor = next(((line.cursor, y) for y, line in enumerate(lines) if line.cursor >= 0), None)
    return Picture(lines, top, cursor)


def _fields(state: FormState, width: int, tall: int) -> tuple[list[Line], int, int]:
    """Return all lines of all fields, and where those of the field in hand begin and end."""
    fields = state.answers.visible
    room = Room.on(fields, width, tall)
    intro = wrapped(state.form.intro, max(10, width - 4)) if state.form.intro else []
    lines = [Line(((f"   {text}", "form--dim"),)) for text in intro]
    earlier, derived = state.earlier(), state.derived()
    first = last = 0
    for field in fields:
        start = len(lines)
        lines += block(state, field, room, earlier=earlier, derived=derived)
        if state.hand and state.hand.field is field:
            first, last = start, len(lines)
    lines.append(save_row(in_hand=state.hand is None))
    return (lines, first, last) if state.hand else (lines, len(lines) - 1, len(lines))


def _scrolled(top: int, tall: int, first: int, last: int, total: int) -> int:
    """Return the line to begin at: as near `top` as shows the lines from `first` to `last`."""
    top = min(top, max(0, total - tall))
    top = max(top, last - tall + (last < total))  # a line of what comes next, where there is room
    return max(0, min(top, first - (first > 0 and last - first < tall)))


def _heading(state: FormState, title: Title, width: int, *, above: bool) -> Line:
    left = [(f" {safe(title.title)}", "form--title")]
    if title.subtitle:
        left.append((f" – {safe(title.subtitle)}", "form--heading"))
    right = _section(state) + (" ↑ mer" if above else "")
    spans = crop_spans(left, width - cell_len(right) - 2)
    blank = max(1, width - cell_len(right) - 1 - sum(cell_len(text) for text, _ in spans))
    return Line((*spans, (" " * blank + right, "form--heading")))


def _section(state: FormState) -> str:
    """Return the title of the part that the field in hand belongs to, where it is another form."""
    if state.hand is None:
        return ""
    for part in state.form.parts[1:]:
        if state.hand.field in part.fields and part.table in catalogue.names():
            return catalogue.form(part.table).title
    return ""


def _rule(state: FormState, width: int, *, below: bool) -> Line:
    total = len(state.answers.visible)
    texts = [f"fält {state.place} av {total}" if state.hand else "alla fält genomgångna"]
    if state.answers.faults:
        texts.append(plural(len(state.answers.faults), "fel", "fel"))
    if below:
        texts.append("↓ mer")
    text = "".join(f"── {text} " for text in texts)
    return Line(((crop(text, width) + "─" * (width - cell_len(text)), "form--rule"),))


def _help(state: FormState, width: int) -> list[Line]:
    """Return the lines that say what is asked now, by weight: a question, a message, the help."""
    if state.question:
        text, role = f"{state.question.message} (j/n)", "form--question"
    elif state.message:
        text, role = f"! {state.message}", "form--fault"
    else:
        field = state.hand.field if state.hand else None
        missing = " Måste anges." if field and field.required else ""
        text = f"{field.label}. {field.help}".strip() + missing if field else "Allt är ifyllt?"
        role = "form--help"
    texts = wrapped(text, max(10, width - 2))[:HELP_LINES]
    lines = [Line(((f" {text}", role),)) for text in texts]
    return [*lines, *[Line()] * (HELP_LINES - len(lines))]

"""The lines of one field: its label, its answer or live editor, its options and its fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from finsam_tui.text import safe
from finsam_tui.tui.widgets import form_words
from finsam_tui.tui.widgets.choice_editors import ChoiceEditor, SeveralEditor
from finsam_tui.tui.widgets.form_choices import option_lines
from finsam_tui.tui.widgets.form_lines import Line, Span, crop, crop_spans, fit, width_of
from finsam_tui.tui.widgets.line_editors import TextEditor
from finsam_tui.tui.widgets.text_buffer import row_of, wrap, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.forms.field import Field, Value
    from finsam_tui.tui.widgets.form_state import FormState, Hand

MARKS = 3  # ▸ the field in hand, ! a fault, a blank
WIDEST_LABEL = 34
TALLEST_TEXT = 10  # lines of a text being written that are shown at once
TALLEST_OPTIONS = 12
LOW_OPTIONS = 6  # so many lines of options stand under the answer, more get the whole width


class Room(NamedTuple):
    """The cells there are: for the whole, for labels; and the lines on screen."""

    width: int
    label: int
    height: int

    @property
    def indent(self) -> int:
        """Where answers begin."""
        return MARKS + self.label + 2

    @property
    def answer(self) -> int:
        """How wide an answer can be."""
        return max(8, self.width - self.indent - 1)

    @classmethod
    def on(cls, fields: Sequence[Field], width: int, height: int) -> Room:
        """Return the room that these fields have on a screen."""
        widest = max((cell_len(f.label) + 2 for f in fields), default=0)
        return cls(width, min(widest, WIDEST_LABEL, max(8, width // 2 - MARKS)), height)


def block(
    state: FormState,
    field: Field,
    room: Room,
    *,
    earlier: Mapping[str, str],
    derived: Mapping[str, Value],
) -> list[Line]:
    """Return the lines of a field. `earlier` is what "=" would give, `derived` what follows."""
    fault = state.answers.faults.get(field.name, "")
    hand = state.hand if state.hand and state.hand.field is field else None
    label = _label(state, field, room, in_hand=hand is not None, faulty=bool(fault))
    tail = _tail(state, field, earlier, derived)
    if hand:
        lines = _live(hand, room, label, tail)
    else:
        lines = [Line((*label, *_answer(state, field, room, tail)), field.name)]
    if fault:
        texts = wrapped(f"! {fault}", room.answer)
        lines += [_indented([(text, "form--fault")], field, room) for text in texts]
    return lines


def save_row(*, in_hand: bool) -> Line:
    """Return the row after the last field."""
    mark, role = ("▸", "form--label-now") if in_hand else (" ", "form--label")
    return Line(((f"{mark}  [ Spara ]", role),), "", MARKS if in_hand else -1)


def _label(
    state: FormState, field: Field, room: Room, *, in_hand: bool, faulty: bool
) -> tuple[Span, ...]:
    star = " *" if field.required and not state.live().get(field.name) else ""
    text = crop(field.label, room.label - len(star)) + star
    marks = ("▸" if in_hand else " ") + ("!" if faulty else " ") + " "
    return (
        (marks, "form--fault" if faulty else "form--mark"),
        (fit(text, room.label) + "  ", "form--label-now" if in_hand else "form--label"),
    )


def _tail(
    state: FormState, field: Field, earlier: Mapping[str, str], derived: Mapping[str, Value]
) -> str:
    """Return what stands dim after an answer: what it means, what "=" gives, what follows."""
    hand = state.hand if state.hand and state.hand.field is field else None
    raw = state.answers.raws.get(field.name, "")
    words = form_words.live_echo(state, hand) if hand else ""
    if not hand and field.name not in state.answers.faults:
        words = form_words.echo(field, raw, state.answers.values.get(field.name))
    same = earlier.get(field.name, "")
    if same and (hand or not raw):
        words = f"= {form_words.shown(field, same)}" + (f"  {words}" if words else "")
    elif field.name in derived and not words:
        words = f"{field.show(derived[field.name], state.answers.context.codes)} räknas ut"
    return words


def _answer(state: FormState, field: Field, room: Room, tail: str) -> tuple[Span, ...]:
    raw = state.answers.raws.get(field.name, "")
    text = crop(form_words.shown(field, raw), room.answer)
    if not text:
        return ((crop(tail or "–", room.answer), "form--dim"),)
    spans = [(text, "form--value")]
    if tail:
        spans.append((f"  {tail}", "form--dim"))
    return crop_spans(spans, room.answer)


def _indented(spans: Sequence[Span], field: Field, room: Room, cursor: int = -1) -> Line:
    place = room.indent + cursor if cursor >= 0 else -1
    return Line(((" " * room.indent, "form--value"), *spans), field.name, place)


def _live(hand: Hand, room: Room, label: tuple[Span, ...], tail: str) -> list[Line]:
    """Return the lines of the field in hand: the text with the cursor, its echo, its options."""
    field = hand.field
    if isinstance(hand.editor, TextEditor):
        rows = _text_rows(hand.editor, room)
    else:
        rows = [_line_row(hand, room)]
    if tail:
        spans, cursor = rows[0]
        if len(rows) == 1 and width_of(spans) + 2 + cell_len(tail) <= room.answer:
            rows[0] = ([*spans, (f"  {tail}", "form--dim")], cursor)
        else:
            rows.append(([(crop(tail, room.answer), "form--dim")], -1))
    (spans, cursor), *others = rows
    lines = [Line((*label, *spans), field.name, room.indent + cursor if cursor >= 0 else -1)]
    lines += [_indented(spans, field, room, cursor) for spans, cursor in others]
    return lines + _options(hand, room)


def _options(hand: Hand, room: Room) -> list[Line]:
    if not hand.editor.options:
        return []
    low = option_lines(hand.editor, room.answer, LOW_OPTIONS + 1)
    ladder = all(option.step for option in hand.editor.options)
    if len(low) <= (1 if ladder else LOW_OPTIONS):
        return [_indented(spans, hand.field, room) for spans in low]
    wide = option_lines(
        hand.editor, room.width - MARKS - 1, max(2, min(TALLEST_OPTIONS, room.height - 3))
    )
    return [Line(((" " * MARKS, "form--value"), *spans), hand.field.name) for spans in wide]


def _line_row(hand: Hand, room: Room) -> tuple[list[Span], int]:
    """Return the spans of a line being typed, and the cell of its cursor."""
    editor = hand.editor
    before: list[Span] = []
    if isinstance(editor, SeveralEditor) and editor.chosen:
        picked = [
            form_words.with_extent(o.label, editor.chosen[o.raw])
            for o in editor.options
            if o.raw in editor.chosen
        ]
        before = [(crop(", ".join(picked), room.answer - 12) + "  ", "form--value")]
    elif isinstance(editor, ChoiceEditor) and not editor.typed.text and editor.chosen:
        before = [(crop(safe(editor.chosen), room.answer - 4) + " ", "form--value")]
    spans, cursor = _typed(
        safe(editor.typed.text),
        editor.typed.cursor,
        room.answer - width_of(before),
        fresh=editor.typed.fresh,
    )
    return [*before, *spans], cursor + width_of(before)


def _typed(text: str, cursor: int, width: int, *, fresh: bool) -> tuple[list[Span], int]:
    """Return a line with its cursor, cut on the left so that the cursor is seen."""
    start = 0
    while cell_len(text[start:cursor]) > width - 1:
        start += max(1, width // 2)
    before, at, after = text[start:cursor], text[cursor : cursor + 1], text[cursor + 1 :]
    role = "form--fresh" if fresh else "form--typed"
    room = max(0, width - cell_len(before) - 1)
    spans = [(before, role), (at or " ", "form--cursor"), (crop(after, room), role)]
    return [span for span in spans if span[0]], cell_len(before)


def _text_rows(editor: TextEditor, room: Room) -> list[tuple[list[Span], int]]:
    """Return the rows of a text, at most a screenful around the cursor, and their cursors."""
    editor.width = room.answer - 1
    text = safe(editor.typed.text, multiline=True).replace("\t", " ")
    lines = wrap(text, editor.width)
    now = row_of(lines, editor.typed.cursor)
    tall = max(1, min(TALLEST_TEXT, room.height - 2))
    first = max(0, min(now - tall // 2, len(lines) - tall))
    rows: list[tuple[list[Span], int]] = []
    for row, (start, end) in enumerate(lines[first : first + tall], start=first):
        if row == now:
            place = editor.typed.cursor - start
            rows.append(_typed(text[start:end], place, room.answer + 1, fresh=False))
        else:
            rows.append(([(text[start:end].rstrip(), "form--typed")], -1))
    return rows

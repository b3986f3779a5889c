"""What a form says besides its questions: how an answer reads, and which keys answer a field."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from finsam_tui.domain import personal_id
from finsam_tui.forms.options import one_key
from finsam_tui.text import long_date, number, safe
from finsam_tui.tui.widgets.choice_editors import ChoiceEditor, SeveralEditor

if TYPE_CHECKING:
    from finsam_tui.forms.field import Context, Field, Value
    from finsam_tui.tui.widgets.form_state import FormState, Hand

SEXES = {"woman": "kvinna", "man": "man"}
EARLIER = {"closure": "som vid avslut", "latest": "som senast"}
NUMBERS = "Skriv talet · Enter går vidare"

HINTS = {
    "text": "Enter går vidare",
    "long_text": "Enter går vidare · ny rad: Ctrl+J, Skift+Enter eller Alt+Enter",
    "phone": "Enter går vidare",
    "date": "i (i dag), -3, 15/3, 150324, +6m · Enter går vidare",
    "moment": "14:30, imorgon 9, +2 14, 15/3 14.30 · Enter går vidare",
    "integer": NUMBERS,
    "decimal": NUMBERS,
    "personal_id": "10 eller 12 siffror · Enter går vidare",
}


def echo(field: Field, raw: str, value: Value) -> str:
    """Return in plain words what an answer was read as, "" where it says so itself."""
    if value is None:
        return ""
    if field.kind == "date":
        return long_date(date.fromisoformat(str(value)))
    if field.kind == "moment":
        moment = datetime.fromisoformat(str(value))
        said = f"{moment:%H:%M}" in raw
        return long_date(moment.date()) + ("" if said else f" {moment:%H:%M}")
    if field.millimetres and raw.strip().isdecimal() and float(raw) != value:
        return f"{raw.strip()} mm = {number(cast('float', value), 1)}"
    return ""


def identity(value: Value, context: Context) -> str:
    """Return a number in twelve digits with what it tells."""
    known = personal_id.parse(str(value), context.today)
    return f"{personal_id.show(known.digits)}, {SEXES[known.sex]}, {known.kind}"


def live_echo(state: FormState, hand: Hand) -> str:
    """Return what the text being typed is read as."""
    value = state.live_value
    if hand.field.kind == "personal_id":
        return identity(value, state.answers.context) if value else ""
    return echo(hand.field, hand.editor.raw, value)


def shown(field: Field, raw: str) -> str:
    """Return an answer as one line to look at."""
    if field.several:
        parts = [part.strip() for part in safe(raw).replace(";", "|").split("|")]
        if field.kind == "extents":
            parts = [with_extent(*part.split(":", 1)) for part in parts]
        return ", ".join(parts)
    first, _, more = safe(raw, multiline=True).replace("\t", " ").partition("\n")
    return f"{first.rstrip()} …" if more else first


def with_extent(label: str, extent: str = "") -> str:
    """Return an option with its part of full time."""
    return f"{label.strip()} {extent.strip().removesuffix('%')} %" if extent else label


def hint(state: FormState) -> str:
    """Return which keys answer the field in hand."""
    if state.question:
        return "j ja, spara ändå · n nej, tillbaka till fältet"
    if state.hand is None:
        return "Enter sparar · ↑ tillbaka till fälten"
    field = state.hand.field
    words = _picking(state.hand) or HINTS.get(field.kind, "")
    earlier = EARLIER.get(field.same_as, "") if state.earlier() else ""
    return f"= {earlier} · {words}" if earlier else words


def _picking(hand: Hand) -> str:
    editor = hand.editor
    by_digit = one_key(editor.options)
    digits = "–".join(dict.fromkeys(o.number for o in (*editor.options[:1], *editor.options[-1:])))
    if isinstance(editor, SeveralEditor):
        extent = ", :50 %" if editor.extents else ""
        picks = f"{digits} kryssar" if by_digit else "nummer och Enter kryssar"
        return f"{picks}{extent} · ← → blanksteg · Enter går vidare"
    if not isinstance(editor, ChoiceEditor):
        return ""
    if editor.letters:
        return "j eller n svarar · Enter går vidare"
    if by_digit:
        return f"{digits} svarar · bokstäver letar · Enter går vidare"
    return "Skriv nummer eller bokstäver, Enter svarar"

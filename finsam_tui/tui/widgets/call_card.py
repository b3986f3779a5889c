"""Whom one is about to phone: beside the form where there is room, as a strip above it where not.

Pure lines of text from a `CallCard`; nothing of the violence screening is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.widget import Widget

from finsam_tui.text import long_date, plural, short_date
from finsam_tui.tui.widgets.cells import strip, wrapped
from finsam_tui.tui.widgets.form_lines import fit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from textual.strip import Strip

    from finsam_tui.storage.call_card import Attempt, CallCard
    from finsam_tui.storage.measures import Snapshot

STRIP_HEIGHT = 6
BETWEEN = " · "
_LABEL = 15  # width of the labels beside the form


class CardLine(NamedTuple):
    """One line and the style it is drawn in: "" plain, strong, muted or warning."""

    text: str
    role: str = ""


class CallCardView(Widget):
    """Draws the card for the room that it has."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("call-card--strong", "call-card--muted", "call-card--warning"),
    }

    def __init__(self, card: CallCard, now: datetime) -> None:
        super().__init__()
        self._card, self._now = card, now
        self._lines: list[CardLine] = []

    def on_resize(self) -> None:
        """Lay the lines out for the new size."""
        width = self.size.width - 2
        narrow = self.size.height <= STRIP_HEIGHT
        lay_out = strip_lines if narrow else column_lines
        self._lines = lay_out(self._card, self._now, width)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if y >= len(self._lines):
            return strip([], self.size.width, self.rich_style)
        text, role = self._lines[y]
        style = self.get_component_rich_style(f"call-card--{role}", partial=True) if role else None
        return strip([(" " + text, style)], self.size.width, self.rich_style)


def strip_lines(card: CallCard, now: datetime, width: int) -> list[CardLine]:
    """Return the card as STRIP_HEIGHT lines, the last one a rule that tells of the calls so far."""
    ending = [card.closure_reason or "anledning saknas", *card.results]
    return [
        CardLine(fit(f"{card.name}   {_phone(card)}   {_about(card)}", width), "strong"),
        CardLine(fit(f"Avslut {short_date(card.closed)}: {BETWEEN.join(ending)}", width)),
        CardLine(fit(BETWEEN.join(_position(card)), width)),
        CardLine(fit(_livelihood(card.closure), width)),
        CardLine(fit(f"Mål: {card.goal or '–'}".replace("\n", " "), width)),
        _strip_foot(card, now, width),
    ]


def _position(card: CallCard) -> Iterator[str]:
    """Yield the step, who was responsible and the hours, at closure."""
    yield f"Steg: {_step(card)}"
    if card.closure and card.closure.responsible:
        yield f"part: {card.closure.responsible}"
    if card.closure and card.closure.hours is not None:
        yield plural(card.closure.hours, "tim/vecka", "tim/vecka")


def _livelihood(shot: Snapshot | None) -> str:
    if shot is None:
        return "Ingen bedömning vid avslut."
    livelihood, occupation = (", ".join(v) or "–" for v in (shot.livelihood, shot.occupation))
    return f"Försörjning: {livelihood}{BETWEEN}sysselsättning: {occupation}"


def _strip_foot(card: CallCard, now: datetime, width: int) -> CardLine:
    notes = _notes(card, now)
    if card.attempts:
        calls = plural(len(card.attempts), "försök", "försök")
        tried = f"{calls}, senast {_attempt(card.attempts[0])}"
    else:
        tried = "inga försök än"
    told = "".join(f"── {text} " for text in (*(f"! {note}" for note in notes), tried))
    return CardLine(fit(told, min(width, cell_len(told))).ljust(width, "─"), _tone(notes))


def _tone(notes: list[str]) -> str:
    return "warning" if notes else "muted"


def column_lines(card: CallCard, now: datetime, width: int) -> list[CardLine]:
    """Return the card as a column: the person, the state at closure, the plan, the calls so far."""
    lines = [CardLine(card.name, "strong"), CardLine(_phone(card), "strong"), CardLine("")]
    lines += [CardLine(text) for text in wrapped(_about(card), width)]
    lines += [CardLine(f"Klart senast {short_date(card.closes)}")]
    for note in _notes(card, now):
        lines += [CardLine(text, "warning") for text in _fold(note, width)]
    lines += [CardLine(""), CardLine(f"Vid avslut {long_date(card.closed)}", "strong")]
    for label, value in _closure(card):
        lines += _labelled(label, value, width)
    if card.goal:
        lines += [CardLine(""), CardLine("Målet i planen", "strong")]
        lines += [CardLine(text) for text in wrapped(card.goal, width)[:4]]
    lines += [CardLine(""), CardLine(_attempts_heading(card), "strong")]
    for attempt in card.attempts:
        lines += [CardLine(text) for text in wrapped(_attempt(attempt), width)]
    return lines


def _closure(card: CallCard) -> list[tuple[str, str]]:
    shot = card.closure
    return [
        ("Anledning", card.closure_reason or "–"),
        ("Resultat", ", ".join(card.results) or "–"),
        ("Ordinarie", card.ordinary_service or "–"),
        ("Steg", _step(card)),
        ("Försörjning", ", ".join(shot.livelihood) if shot and shot.livelihood else "–"),
        ("Sysselsättning", ", ".join(shot.occupation) if shot and shot.occupation else "–"),
        ("Aktuell part", shot.responsible or "–" if shot else "–"),
        ("Timmar/vecka", "–" if shot is None or shot.hours is None else str(shot.hours)),
    ]


def _labelled(label: str, value: str, width: int) -> list[CardLine]:
    first, *rest = wrapped(value, width - _LABEL)
    return [
        CardLine(f"{label:{_LABEL}}{first}"),
        *(CardLine(" " * _LABEL + text) for text in rest),
    ]


def _phone(card: CallCard) -> str:
    return card.phone or "telefonnummer saknas"


def _about(card: CallCard) -> str:
    return f"{card.programme}, {card.months} månader efter avslut"


def _step(card: CallCard) -> str:
    """Return the step at start and at closure, and whether it counts as a positive one."""
    start = card.start.step if card.start else None
    end = card.closure.step if card.closure else None
    moved = end or "saknas" if start == end else f"{start or 'saknas'} → {end or 'saknas'}"
    return f"{moved} ({'positiv' if card.positive_step else 'inte positiv'})"


def _notes(card: CallCard, now: datetime) -> list[str]:
    """Return what one must not miss."""
    notes = []
    if card.callback_at:
        today = card.callback_at.date() == now.date()
        day = "i dag" if today else short_date(card.callback_at.date())
        notes.append(f"Vill bli uppringd {day} {card.callback_at:%H:%M}")
    if card.needs_number:
        notes.append("Nytt nummer behövs")
    if card.interpreter:
        notes.append("Tolk behövs")
    if card.protection:
        notes.append(f"Skyddade uppgifter: {card.protection}")
    if card.late:
        notes.append("Efter tiden; räknas som sen")
    return notes


def _attempts_heading(card: CallCard) -> str:
    return plural(len(card.attempts), "försök", "försök") if card.attempts else "Inga försök än"


def _attempt(attempt: Attempt) -> str:
    by = f" ({attempt.by})" if attempt.by else ""
    return f"{short_date(attempt.at.date())} {attempt.at:%H:%M} {attempt.outcome}{by}"


def _fold(note: str, width: int) -> list[str]:
    first, *rest = wrapped(note, width - 2)
    return [f"! {first}", *(f"  {text}" for text in rest)]

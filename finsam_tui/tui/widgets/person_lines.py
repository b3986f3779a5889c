"""A participant's card in lines: who it is, and the time in a programme that is in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.text import plural, short_date
from finsam_tui.tui.widgets.page import Line, Span, line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from finsam_tui.storage.person import Enrolment, Person

BETWEEN = " · "
SOON = 30  # days before a time limit when it is told as one


def title(person: Person) -> str:
    """Return the name and the number."""
    number = person.personal_id or (f"född {person.birth_date}" if person.birth_date else "")
    return "  ".join(part for part in (person.name, number) if part)


def facts(person: Person) -> list[Line]:
    """Return what there is to know about the person."""
    known = [
        person.sex,
        plural(person.age, "år", "år") if person.age is not None else "",
        person.municipality or "",
        person.phone or ("" if person.anonymous else "telefon saknas"),
    ]
    spans = [Span(BETWEEN.join(part for part in known if part))]
    if person.interpreter:
        spans.append(Span(f"{BETWEEN}behöver tolk", "strong"))
    if person.protection:
        spans.append(Span(f"{BETWEEN}! {person.protection.upper()}", "warning"))
    return [tuple(spans)]


def enrolment_lines(
    enrolments: Sequence[Enrolment], hand: Enrolment | None, today: date
) -> list[Line]:
    """Return the enrolment in hand, and how many others there are."""
    if hand is None:
        return [line("Inte inskriven i någon insats.", "muted")]
    parts = [hand.programme, hand.coach or "utan coach", hand.assignment or ""]
    first = [Span(BETWEEN.join(part for part in parts if part), "strong")]
    if len(enrolments) > 1:
        place = enrolments.index(hand) + 1
        first.append(Span(f"  (inskrivning {place} av {len(enrolments)}, e byter)", "muted"))
    return [tuple(first), _time(hand, today)]


def _time(hand: Enrolment, today: date) -> Line:
    days = plural(hand.days, "dag", "dagar")
    if hand.end:
        told = f"Avslutad {short_date(hand.end)} efter {days}"
        reason = f": {hand.closure_reason}" if hand.closure_reason else ""
        results = f"{BETWEEN}{', '.join(hand.results)}" if hand.results else ""
        return line(told + reason + results)
    spans = [Span(f"Sedan {short_date(hand.start)}, {days}")]
    if hand.limit:
        left = (hand.limit - today).days
        if left < 0:
            spans.append(Span(f"{BETWEEN}! tiden gick ut {short_date(hand.limit)}", "warning"))
        else:
            near = left <= SOON
            text = f"{BETWEEN}{'! ' if near else ''}till {short_date(hand.limit)}"
            spans.append(Span(text, "warning" if near else ""))
    return tuple(spans)

"""What one needs to know before phoning somebody, in plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.text import DASH, long_date, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from finsam_tui.storage.call_card import CallCard
    from finsam_tui.storage.measures import Snapshot


def card_lines(card: CallCard) -> list[str]:
    """Return the lines of a card, made safe to show; nothing of the violence screening."""
    return [safe(line) for line in _lines(card)]


def _lines(card: CallCard) -> Iterator[str]:
    late = ", efter tiden" if card.late else ""
    yield f"{card.name}, {card.months} månader efter avslut{late}"
    yield f"Telefon: {_phone(card)}"
    if card.protection:
        yield f"Skyddade uppgifter: {card.protection}"
    if card.interpreter:
        yield "Tolk behövs."
    yield f"Insats: {card.programme}, {card.coach or 'ingen coach'}"
    yield f"Avslutad {long_date(card.closed)}: {card.closure_reason or DASH}"
    if card.results:
        yield f"Resultat: {', '.join(card.results)}"
    if card.ordinary_service:
        yield f"Ordinarie insats: {card.ordinary_service}"
    yield from _at_closure(card.closure)
    yield f"Positiv stegförflyttning: {'ja' if card.positive_step else 'nej'}"
    if card.goal:
        yield f"Mål i planen: {' '.join(card.goal.split())}"
    yield from _calls(card)


def _phone(card: CallCard) -> str:
    if not card.phone:
        return "nummer saknas"
    return f"{card.phone} (har bytts, sök ett nytt)" if card.needs_number else card.phone


def _at_closure(closure: Snapshot | None) -> Iterator[str]:
    if closure is None:
        yield "Läget vid avslut är inte registrerat."
        return
    yield f"Steg vid avslut: {closure.step or DASH}"
    yield f"Försörjning vid avslut: {', '.join(closure.livelihood) or DASH}"
    yield f"Sysselsättning vid avslut: {', '.join(closure.occupation) or DASH}"
    yield f"Aktuell part vid avslut: {closure.responsible or DASH}"


def _calls(card: CallCard) -> Iterator[str]:
    if card.callback_at:
        yield f"Ring åter: {_moment(card.callback_at)}"
    if not card.attempts:
        yield "Inga försök än."
        return
    yield f"{plural(len(card.attempts), 'försök', 'försök')} hittills:"
    for attempt in card.attempts:
        by = f", {attempt.by}" if attempt.by else ""
        yield f"  {_moment(attempt.at)}: {attempt.outcome}{by}"


def _moment(at: datetime) -> str:
    return f"{long_date(at.date())} {at:%H:%M}"

"""Rules of the records that the association is made of: colleagues, programmes, municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from finsam_tui.forms.form import Fault, Rule
from finsam_tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.forms.field import Context, Values

_APART = frozenset("|;:,")  # what stands between ids in files and options


def id_is_a_word(values: Values, context: Context) -> Iterator[Fault]:
    """A new id can be written in a file or an option. What older files hold is left as it is."""
    id = values.get("id")
    if not context.entry or context.facts.get("stored") or not isinstance(id, str):
        return
    if set(id) & _APART or len(id.split()) > 1:
        yield Fault("id", "Skriv ett ord, utan blanksteg, komma, kolon, semikolon och |.")


def id_is_new(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: ids, those of the other records, in small letters."""
    if _taken(values, context, "id", "ids"):
        yield Fault("id", "Finns redan; välj ett annat.")


def name_is_new(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: names, those of the other records, in small letters."""
    if _taken(values, context, "name", "names"):
        yield Fault("name", "Finns redan; välj ett annat.")


def namesakes_are_meant(values: Values, context: Context) -> Iterator[Fault]:
    """Two colleagues can share a name, but rarely do. Facts: names."""
    if _taken(values, context, "name", "names"):
        message = "Det finns redan en medarbetare som heter så. Är det en annan person?"
        yield Fault("name", message, question=True)


def _taken(values: Values, context: Context, field: str, fact: str) -> bool:
    value, others = values.get(field), cast("tuple[str, ...]", context.facts.get(fact) or ())
    return isinstance(value, str) and value.casefold() in others


def a_coordinator_stays(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: last_coordinator, whether no other could do what this one does."""
    if not context.facts.get("last_coordinator"):
        return
    message = "Den sista samordnaren; ge först någon annan rollen, och en nyckel."
    if values.get("role") != "coordinator":
        yield Fault("role", message)
    if values.get("active") == 0:
        yield Fault("active", message)


def somebody_takes_over(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: open, how many open enrolments the colleague has; itself, the colleague's id."""
    left, new = cast("int", context.facts.get("open") or 0), values.get("successor")
    if values.get("active") != 0 or not left:
        return
    if new is None:
        stay = plural(left, "öppen inskrivning", "öppna inskrivningar")
        message = f"{stay} får ingen ny coach. Är det rätt?"
        yield Fault("successor", message, question=True)
        return
    code = context.codes.get("staff", str(new))
    if new == context.facts.get("itself") or code is None or not code.active:
        yield Fault("successor", "Välj någon annan, som arbetar kvar.")


def a_manager_opens_no_cards(values: Values, context: Context) -> Iterator[Fault]:
    """Who only reads can hardly be somebody's coach. Facts: open; managers, the ids of those."""
    message = "En chef öppnar inga kort och formulär. Är det rätt?"
    if values.get("successor") in cast("tuple[str, ...]", context.facts.get("managers") or ()):
        yield Fault("successor", message, question=True)
    if values.get("role") == "manager" and values.get("active") != 0 and context.facts.get("open"):
        yield Fault("role", message, question=True)


def ends_after_start(values: Values, _context: Context) -> Iterator[Fault]:
    """A programme's period has its dates in order."""
    start, end = values.get("start_date"), values.get("end_date")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        yield Fault("end_date", f"Slutet är före starten {start}.")


def ends_when_all_have(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: open, how many are still enrolled."""
    end, left = values.get("end_date"), cast("int", context.facts.get("open") or 0)
    if left and isinstance(end, str) and end <= context.today.isoformat():
        open_ones = plural(left, "öppen inskrivning", "öppna inskrivningar")
        yield Fault("end_date", f"Insatsen har {open_ones} kvar. Är det rätt?", question=True)


RULES: dict[str, tuple[Rule, ...]] = {
    "staff": (
        id_is_a_word,
        id_is_new,
        namesakes_are_meant,
        a_coordinator_stays,
        somebody_takes_over,
        a_manager_opens_no_cards,
    ),
    "programme": (id_is_a_word, id_is_new, name_is_new, ends_after_start, ends_when_all_have),
    "municipality": (id_is_a_word, id_is_new, name_is_new),
}

"""Rules of the codes of a list: what an association may change, and what the figures rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from finsam_tui.forms.codes import SEPARATING
from finsam_tui.forms.form import Fault, Rule
from finsam_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.forms.field import Context, Value, Values

STEP, RESULT, UNIT = "step", "result", "referrer_unit"

# Lists whose very answers the program goes by: they may be called otherwise, and are these.
WHOLE = frozenset({"call_outcome", "kept_step"})

# Keys that queries and reports name: without them a figure would be about nothing.
NEEDED = {
    "assignment": frozenset({"mapping"}),
    "closure_reason": frozenset({"illness", "unmeasured", "missing"}),
    "education": frozenset({"unknown"}),
    "livelihood": frozenset({"wage", "no_public", "activity_compensation"}),
    "occupation": frozenset({"work", "subsidised_work", "studies", "job_seeking", "missing"}),
    "ordinary_service": frozenset({"enhanced_cooperation", "none"}),
    "public_support_time": frozenset({"more"}),
    "result": frozenset({"broken_off", "sickness_compensation", "activity_compensation"}),
}
_FEWEST = {STEP: 2}  # codes in use that a list keeps; of the others one


def needed(name: str, key: str) -> bool:
    """Return whether a code of the list `name` cannot be hidden."""
    return name in WHOLE or key in NEEDED.get(name, ())


def spot(name: Value, parent: Value, label: Value) -> str:
    """Return what two codes in use have in common where nobody could tell them apart."""
    return f"{name}/{parent or ''}/{fold(str(label))}"


def label_is_plain(values: Values, _context: Context) -> Iterator[Fault]:
    """A label is read back from a file, and picked by its letters: the numbers pick by place."""
    label = values.get("label")
    if isinstance(label, str) and (set(label) & SEPARATING or not label[0].isalpha()):
        yield Fault("label", "Börja med en bokstav, och skriv utan kolon, semikolon och |.")


def label_is_new(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: spots, those of the other codes in use."""
    taken = cast("tuple[str, ...]", context.facts.get("spots") or ())
    own = spot(values.get("list"), values.get("parent"), values.get("label"))
    if values.get("active") != 0 and own in taken:
        yield Fault("label", "Finns redan i listan; välj ett annat.")


def list_is_open(values: Values, context: Context) -> Iterator[Fault]:
    """A code stays in its list. Facts: stored, and of a stored code its list."""
    if context.facts.get("stored"):
        if values.get("list") != context.facts["list"]:
            yield Fault("list", "En kod byter inte lista; lägg till en ny i den andra.")
    elif values.get("list") in WHOLE:
        message = "Här går namn och ordning att ändra, men finsam räknar med just de koderna."
        yield Fault("list", message)


def can_be_hidden(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: itself, the key of a stored code; others, how many others in its list are in use."""
    if values.get("active") != 0:
        return
    name, others = str(values.get("list")), cast("int", context.facts.get("others") or 0)
    if needed(name, str(context.facts.get("itself"))):
        yield Fault("active", "Rapporterna räknar med just den här; den kan byta namn.")
    elif others < _FEWEST.get(name, 1):
        yield Fault("active", "Listan skulle bli för kort; lägg först till en annan.")


def step_has_its_place(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: places, how many steps there are with this one; level, its own; used."""
    level, places = values.get("level"), cast("int", context.facts.get("places") or 0)
    if values.get("list") != STEP or not isinstance(level, int) or not context.entry:
        return
    before = context.facts.get("level")
    if level > places:
        yield Fault("level", f"Trappan har {places} steg med det här; välj 1–{places}.")
    elif context.facts.get("used") and level != before:
        message = "Alla år räknas om: ett steg uppåt kan bli ett steg nedåt. Är det rätt?"
        yield Fault("level", message, question=True)


def counts_backwards(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: stored, and positive of a stored result."""
    if values.get("list") != RESULT or not context.facts.get("stored"):
        return
    if values.get("positive") is not None and values["positive"] != context.facts["positive"]:
        message = "Positiva steg räknas om för alla år, också de redovisade. Är det rätt?"
        yield Fault("positive", message, question=True)


def unit_stays(values: Values, context: Context) -> Iterator[Fault]:
    """Referrals name party and unit. Facts: used, and parent of a stored unit."""
    if values.get("list") == UNIT and context.facts.get("used"):
        parent = values.get("parent")
        if parent is not None and parent != context.facts["parent"]:
            message = "Enheten har remitterat och byter inte part; lägg till en ny i stället."
            yield Fault("parent", message)


RULES: dict[str, tuple[Rule, ...]] = {
    "code": (
        label_is_plain,
        label_is_new,
        list_is_open,
        can_be_hidden,
        step_has_its_place,
        counts_backwards,
        unit_stays,
    ),
}

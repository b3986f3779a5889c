"""Rules across the answers of a form. A rule yields faults, or nothing where an answer is missing.

Facts a rule needs besides the answers (`context.facts`) are read by storage; each rule names the
ones it uses in its docstring.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from finsam_tui.domain import dates, ors, personal_id
from finsam_tui.forms import association_rules, code_rules
from finsam_tui.forms.form import Fault, Rule
from finsam_tui.forms.instrument import ITEM
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.forms.field import Context, Values

WORKING_AGE = range(16, 67)  # the target group of report 003 §2.1: 16–66 years
ORS_SCORES = ("individually", "close", "socially", "overall")
SEX_WORDS = {"woman": "kvinna", "man": "man"}


def _text(values: Values, name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) else None


def person_has_identity(values: Values, _context: Context) -> Iterator[Fault]:
    """A person is known by a number or at least a birth date; an anonymous one by neither."""
    if values.get("registration") != "person":
        return
    if not values.get("personal_id") and not values.get("birth_date"):
        yield Fault("personal_id", "Ange personnummer, samordningsnummer eller födelsedatum.")


def number_agrees(values: Values, context: Context) -> Iterator[Fault]:
    """Sex and birth date agree with the number; they can rightly differ, so it is a question."""
    digits = _text(values, "personal_id")
    if digits is None:
        return
    known = personal_id.parse(digits, context.today)
    sex = values.get("sex")
    if sex in SEX_WORDS and sex != known.sex:
        yield Fault("sex", "Könet stämmer inte med personnumret. Är det ändå rätt?", question=True)
    birth = _text(values, "birth_date")
    if birth is not None and known.birth_date and birth != known.birth_date.isoformat():
        message = "Födelsedatumet stämmer inte med personnumret. Är det ändå rätt?"
        yield Fault("birth_date", message, question=True)


def born_before_today(values: Values, context: Context) -> Iterator[Fault]:
    """Nobody is born tomorrow."""
    birth = _text(values, "birth_date")
    if birth is not None and birth > context.today.isoformat():
        yield Fault("birth_date", "Födelsedatumet har inte varit än.")


def number_is_new(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: taken_number, set by storage where another participant has the number."""
    if values.get("personal_id") and context.facts.get("taken_number") == values["personal_id"]:
        yield Fault("personal_id", "Numret finns redan i registret; sök fram deltagaren i stället.")


def non_start_is_told(values: Values, context: Context) -> Iterator[Fault]:
    """Reason and hours on every referral that does not start (002 measured them by hand)."""
    if values.get("outcome") == "non_start" and context.entry:
        if values.get("reason") is None:
            yield Fault("reason", "Ange varför ansökan inte ledde till start.")
        if values.get("hours") is None:
            yield Fault("hours", "Ange hur många timmar ansökan har tagit.")


def unit_belongs(values: Values, context: Context) -> Iterator[Fault]:
    """A unit is one of its party's."""
    unit = _text(values, "unit")
    code = context.codes.get("referrer_unit", unit) if unit else None
    if code and code.parent and values.get("party") and code.parent != values["party"]:
        yield Fault("unit", "Enheten hör inte till parten.")


def one_open_enrolment(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: open_programmes, the ids of those the participant is enrolled in now."""
    taken = cast("tuple[str, ...]", context.facts.get("open_programmes") or ())
    if values.get("programme") in taken:
        yield Fault("programme", "Deltagaren är redan inskriven i insatsen; avsluta den först.")


def working_age(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: birth_date. Outside 16–66 years is a question: a target group, not a law of nature."""
    birth, start = _text(context.facts, "birth_date"), _text(values, "start_date")
    if birth is None or start is None:
        return
    age = dates.age(date.fromisoformat(birth), date.fromisoformat(start))
    if age not in WORKING_AGE:
        message = f"Deltagaren är {age} år vid start; insatsen är för 16–66 år. Är det rätt?"
        yield Fault("start_date", message, question=True)


def not_in_the_future(name: str, what: str) -> Rule:
    """Return a rule that asks about a date after today."""

    def rule(values: Values, context: Context) -> Iterator[Fault]:
        day = _text(values, name)
        if day is not None and day[:10] > context.today.isoformat():
            yield Fault(name, f"{what} ligger i framtiden. Är det rätt?", question=True)

    return rule


def after_start(name: str, what: str) -> Rule:
    """Return a rule that refuses a date before the enrolment's start. Facts: start_date."""

    def rule(values: Values, context: Context) -> Iterator[Fault]:
        day = _text(values, name)
        start = _text(context.facts, "start_date") or _text(values, "start_date")
        if day is not None and start is not None and day[:10] < start:
            yield Fault(name, f"{what} är före inskrivningens start {start}.")

    return rule


def after_closure(name: str, what: str) -> Rule:
    """Return a rule that refuses a date before the enrolment's closure. Facts: end_date."""

    def rule(values: Values, context: Context) -> Iterator[Fault]:
        day, end = _text(values, name), _text(context.facts, "end_date")
        if context.entry and end is None:
            yield Fault(name, "Inskrivningen är inte avslutad.")
        elif day is not None and end is not None and day[:10] < end:
            yield Fault(name, f"{what} är före avslutet {end}.")

    return rule


def closure_after_contents(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: last_entry, the date of the latest assessment or ORS during the enrolment."""
    end, last = _text(values, "end_date"), _text(context.facts, "last_entry")
    if end is not None and last is not None and end < last:
        message = f"Det finns bedömningar efter avslutsdatumet, senast {last}. Är det rätt?"
        yield Fault("end_date", message, question=True)


def ors_is_whole(values: Values, _context: Context) -> Iterator[Fault]:
    """Four scores or the total alone or a reason for none; nothing is prorated."""
    given = [name for name in ORS_SCORES if values.get(name) is not None]
    total, reason = values.get("total"), values.get("not_taken")
    if reason is not None and (given or total is not None):
        yield Fault("not_taken", "Ange antingen poäng eller varför ORS inte togs, inte båda.")
    elif 0 < len(given) < len(ORS_SCORES):
        empty = next(name for name in ORS_SCORES if name not in given)
        yield Fault(empty, "Ange alla fyra poängen, eller bara summan.")
    elif given and total is not None:
        summed = ors.total([cast("float", values[name]) for name in ORS_SCORES])
        if summed != total:
            yield Fault(
                "total", f"Summan av de fyra är {number(summed, 1)}; rätta eller töm fältet."
            )
    elif not given and total is None and reason is None:
        yield Fault(_first_asked(values), "Ange poäng, eller varför ORS inte togs.")


def _first_asked(values: Values) -> str:
    return "individually" if "individually" in values else "total"


def safety_first(values: Values, _context: Context) -> Iterator[Fault]:
    """No violence question is asked unless the person is alone and told why (003 §2.5)."""
    if values.get("status") != "answered":
        return
    if values.get("alone") == 0:
        yield Fault("status", "Frågorna ställs bara i enrum; boka ett nytt tillfälle.")
    if values.get("informed") == 0:
        yield Fault(
            "informed", "Berätta först att alla får frågorna, att det är frivilligt och varför."
        )
    if values.get("interpreter") == "missing":
        yield Fault(
            "interpreter", "Frågorna ställs med auktoriserad tolk; boka ett nytt tillfälle."
        )


def no_occasion_is_planned(values: Values, context: Context) -> Iterator[Fault]:
    """A screening without an occasion gets a new date, so that it is asked again."""
    if context.entry and values.get("status") == "no_occasion" and values.get("new_date") is None:
        yield Fault("new_date", "Ange när frågorna kan ställas i stället.")


def answered_whole(values: Values, _context: Context) -> Iterator[Fault]:
    """What a screening found is worked out of all its answers together; none keep what it is."""
    items = [name for name in values if name.startswith(ITEM)]
    empty = [name for name in items if values[name] is None]
    if empty and len(empty) < len(items):
        yield Fault(empty[0], "Svara på alla frågorna, eller lämna alla tomma.")


def entry_needs(when: str, *wanted: str, value: str) -> Rule:
    """Return a rule: where `when` has `value`, today's entry must have the `wanted` fields."""

    def rule(values: Values, context: Context) -> Iterator[Fault]:
        if context.entry and values.get(when) == value:
            for name in wanted:
                if name in values and values[name] is None:
                    yield Fault(name, "Måste anges.")

    return rule


def answers_only_when_answered(values: Values, _context: Context) -> Iterator[Fault]:
    """What a follow-up asks can only be known from somebody who answered."""
    if values.get("outcome") == "answered":
        return
    for name in ("kept_step", "own_livelihood", "wants_support", "usefulness", "readier"):
        if values.get(name) is not None:
            yield Fault(name, "Kan bara anges när personen svarade.")


def callback_is_ahead(values: Values, context: Context) -> Iterator[Fault]:
    """A callback has a time, and it is to come."""
    if values.get("outcome") != "call_back" or not context.entry:
        return
    at = _text(values, "callback_at")
    if at is None:
        yield Fault("callback_at", "Ange när personen vill bli uppringd.")
    elif at < context.now.isoformat(timespec="minutes"):
        yield Fault("callback_at", "Tiden har redan varit.")


def not_twice(name: str, message: str) -> Rule:
    """Return a rule: there is one of a kind. Facts: taken, set where the register has it."""

    def rule(_values: Values, context: Context) -> Iterator[Fault]:
        if context.facts.get("taken"):
            yield Fault(name, message)

    return rule


def counted_without_persons(values: Values, context: Context) -> Iterator[Fault]:
    """Facts: without_persons, the programmes whose participants are no persons in the register."""
    programmes = cast("tuple[str, ...]", context.facts.get("without_persons") or ())
    if values.get("actual_participants") is not None and values.get("programme") not in programmes:
        message = "Insatsens deltagare räknas av sina inskrivningar; lämna fältet tomt."
        yield Fault("actual_participants", message)


RULES: dict[str, tuple[Rule, ...]] = {
    **association_rules.RULES,
    **code_rules.RULES,
    "participant": (person_has_identity, number_agrees, born_before_today, number_is_new),
    "referral": (non_start_is_told, unit_belongs, not_in_the_future("date", "Datumet")),
    "advice": (not_in_the_future("date", "Datumet"),),
    "enrolment": (one_open_enrolment, working_age, not_in_the_future("start_date", "Startdatumet")),
    "assessment": (after_start("date", "Datumet"), not_in_the_future("date", "Datumet")),
    "ors": (ors_is_whole, after_start("date", "Datumet")),
    "screening": (
        safety_first,
        no_occasion_is_planned,
        answered_whole,
        after_start("date", "Datumet"),
    ),
    "plan": (after_start("date", "Datumet"), after_start("review_date", "Datumet")),
    "note": (not_in_the_future("at", "Tiden"),),
    "extension": (after_start("date", "Datumet"),),
    "closure": (
        after_start("end_date", "Avslutsdatumet"),
        not_in_the_future("end_date", "Avslutsdatumet"),
        closure_after_contents,
    ),
    "follow_up": (
        after_closure("date", "Samtalets datum"),
        not_in_the_future("date", "Samtalets datum"),
        answers_only_when_answered,
        callback_is_ahead,
        entry_needs(
            "outcome", "consent", "own_livelihood", "wants_support", value="answered"
        ),
    ),
    "aftercare": (after_closure("date", "Datumet"),),
    "programme_year": (
        not_twice("year", "Insatsen har redan uppgifter om året; ändra dem i stället."),
        counted_without_persons,
    ),
    "goal": (not_twice("measure", "Målet finns redan för året; ändra det i stället."),),
    "structural_event": (not_in_the_future("date", "Datumet"),),
    "comparison": (not_twice("name", "Siffrorna finns redan för året; ändra dem i stället."),),
    "report_text": (not_twice("part", "Texten finns redan för året; ändra den i stället."),),
}  # fmt: skip

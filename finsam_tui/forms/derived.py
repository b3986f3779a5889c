"""What follows from the answers and is stored with them, so that no report has to work it out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from finsam_tui.domain import ors, personal_id, screening, search
from finsam_tui.domain.dates import months_between
from finsam_tui.forms.instrument import ITEM, instrument
from finsam_tui.forms.rules import ORS_SCORES

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.forms.field import Context, Value, Values


def derive(table: str, values: Values, context: Context) -> dict[str, Value]:
    """Return the columns of `table` that follow from a form's values; `{}` where none do."""
    rule = _RULES.get(table)
    return rule(values, context) if rule else {}


def search_key(values: Values) -> str:
    """Return what the filter of the people's list reads: name, number and phone.

    Who is anonymous or has protected details cannot be found by any of them.
    """
    anonymous = values.get("registration") == "anonymous"
    if anonymous or values.get("protection", "none") != "none":
        return search.hidden_key(anonymous=anonymous)
    names = ("last_name", "first_name", "personal_id", "phone")
    return search.key(*(str(values.get(name) or "") for name in names))


def _participant(values: Values, context: Context) -> dict[str, Value]:
    derived: dict[str, Value] = {"search_key": search_key(values)}
    digits = values.get("personal_id")
    if isinstance(digits, str) and values.get("birth_date") is None:
        birth = personal_id.parse(digits, context.today).birth_date
        derived["birth_date"] = birth.isoformat() if birth else None
    return derived


def _ors(values: Values, _context: Context) -> dict[str, Value]:
    scores = [values.get(name) for name in ORS_SCORES]
    if any(score is None for score in scores):
        return {}
    return {"total": ors.total(cast("list[float]", scores))}


def _screening(values: Values, _context: Context) -> dict[str, Value]:
    if values.get("status") != "answered":  # any more
        return {"exposed": None, "any_yes": None, "kinds": None}
    if not values.get("instrument"):
        return {}
    asked = instrument(str(values["instrument"]))
    answers = {item.key: values.get(ITEM + item.key) for item in asked.items}
    given = {key: str(answer) for key, answer in answers.items() if answer is not None}
    if not given:
        return {}
    found = screening.derive(given, asked.keys("exposed"))
    return {
        "exposed": int(found.exposed),
        "any_yes": int(found.any_yes),
        "kinds": "|".join(found.kinds) or None,
    }


def _aftercare(values: Values, context: Context) -> dict[str, Value]:
    end, day = context.facts.get("end_date"), values.get("date")
    if values.get("months_after") is not None or not end or not day:
        return {}
    months = months_between(date.fromisoformat(str(end)), date.fromisoformat(str(day)))
    return {"months_after": max(0, months)}


def _code(values: Values, context: Context) -> dict[str, Value]:
    """What is not asked counts as nothing; a new one has a key and a place at the end."""
    active = values.get("active")
    return {
        "positive": values.get("positive") or 0,
        "active": 1 if active is None else active,
        **{name: context.facts[name] for name in ("key", "sort") if name in context.facts},
    }


_RULES: dict[str, Callable[[Values, Context], dict[str, Value]]] = {
    "participant": _participant,
    "ors": _ors,
    "screening": _screening,
    "aftercare": _aftercare,
    "code": _code,
}

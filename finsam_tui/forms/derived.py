"""What follows from the answers and is stored with them, so that no report has to work it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from finsam_tui.domain import ors, personal_id, screening
from finsam_tui.domain.dates import months_between
from finsam_tui.forms.field import Context, Value, Values
from finsam_tui.forms.instrument import ITEM, instrument
from finsam_tui.forms.rules import ORS_SCORES


def derive(table: str, values: Values, context: Context) -> dict[str, Value]:
    """Return the columns of `table` that follow from a form's values; `{}` where none do."""
    rule = _RULES.get(table)
    return rule(values, context) if rule else {}


def _participant(values: Values, context: Context) -> dict[str, Value]:
    digits = values.get("personal_id")
    if not isinstance(digits, str) or values.get("birth_date") is not None:
        return {}
    birth = personal_id.parse(digits, context.today).birth_date
    return {"birth_date": birth.isoformat()} if birth else {}


def _ors(values: Values, _context: Context) -> dict[str, Value]:
    scores = [values.get(name) for name in ORS_SCORES]
    if any(score is None for score in scores):
        return {}
    return {"total": ors.total(cast("list[float]", scores))}


def _screening(values: Values, _context: Context) -> dict[str, Value]:
    if values.get("status") != "answered" or not values.get("instrument"):
        return {}
    asked = instrument(str(values["instrument"]))
    answers = {item.key: values.get(ITEM + item.key) for item in asked.items}
    given = {key: str(answer) for key, answer in answers.items() if answer is not None}
    if not given:
        return {}
    found = screening.derive(given, asked.keys("exposed"))
    return {"exposed": int(found.exposed), "any_yes": int(found.any_yes)}


def _aftercare(values: Values, context: Context) -> dict[str, Value]:
    end, day = context.facts.get("end_date"), values.get("date")
    if values.get("months_after") is not None or not end or not day:
        return {}
    months = months_between(date.fromisoformat(str(end)), date.fromisoformat(str(day)))
    return {"months_after": max(0, months)}


_RULES: dict[str, Callable[[Values, Context], dict[str, Value]]] = {
    "participant": _participant,
    "ors": _ors,
    "screening": _screening,
    "aftercare": _aftercare,
}

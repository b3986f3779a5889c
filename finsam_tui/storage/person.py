"""A person's card: who it is, referrals and enrolments. Opening it is noted in the access log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.domain import dates, personal_id
from finsam_tui.errors import InputError
from finsam_tui.storage.stored import day

if TYPE_CHECKING:
    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral: `outcome` is the key, `outcome_label` and `reason` are in Swedish."""

    referral_id: int
    date: date
    programme: str
    referrer: str
    outcome: str
    outcome_label: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A time in a programme; `days` so far or in all; `limit` the day it may last to, if any."""

    enrolment_id: int
    programme: str
    coach_id: str | None
    coach: str | None
    assignment: str | None
    start: date
    end: date | None
    days: int
    limit: date | None
    closure_reason: str | None
    results: tuple[str, ...]
    support: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """All of a participant's own data; `name` is "Eva Andersson", or "Anonym 12".

    `protection` is None or what kind, in Swedish: then the card says so. Open enrolments come
    first, then the latest; referrals the latest first.
    """

    participant_id: int
    anonymous: bool
    name: str
    personal_id: str | None
    birth_date: date | None
    age: int | None
    sex: str
    municipality: str | None
    phone: str | None
    interpreter: bool
    protection: str | None
    enrolments: tuple[Enrolment, ...]
    referrals: tuple[Referral, ...]


def person(register: Register, participant_id: int, today: date) -> Person:
    """Return a participant's card; raises InputError where there is no such participant."""
    found = register.rows("person", participant_id=participant_id)
    if not found:
        raise InputError("Deltagaren finns inte längre.")
    row = found[0]
    birth = day(row["birth_date"])
    return Person(
        participant_id=row["id"],
        anonymous=row["registration"] == "anonymous",
        name=full_name(row),
        personal_id=personal_id.show(row["personal_id"]) if row["personal_id"] else None,
        birth_date=birth,
        age=dates.age(birth, today) if birth else None,
        sex=row["sex"],
        municipality=row["municipality"],
        phone=row["phone"],
        interpreter=row["interpreter"] == 1,
        protection=row["protection_label"] if row["protection"] != "none" else None,
        enrolments=_enrolments(register, participant_id, today),
        referrals=tuple(
            _referral(row) for row in register.rows("person_referrals", participant_id=row["id"])
        ),
    )


def full_name(row: Row) -> str:
    """Return the name as cards show it, protected or not, of a row with a participant's columns."""
    names = [name for name in (row["first_name"], row["last_name"]) if name]
    return " ".join(names) or str(row["listed_name"])


def several(
    register: Register, participant_id: int
) -> dict[tuple[int, str], tuple[tuple[str, bool], ...]]:
    """Return (enrolment id, "result" or "support") → labels, each with whether it is positive."""
    values: dict[tuple[int, str], tuple[tuple[str, bool], ...]] = {}
    for row in register.rows("person_values", participant_id=participant_id):
        key = (row["enrolment_id"], row["field"])
        values[key] = (*values.get(key, ()), (row["label"], row["positive"] == 1))
    return values


def _enrolments(register: Register, participant_id: int, today: date) -> tuple[Enrolment, ...]:
    values = several(register, participant_id)
    return tuple(
        _enrolment(
            row,
            today,
            results=tuple(label for label, _ in values.get((row["id"], "result"), ())),
            support=tuple(label for label, _ in values.get((row["id"], "support"), ())),
        )
        for row in register.rows("person_enrolments", participant_id=participant_id)
    )


def _enrolment(
    row: Row, today: date, *, results: tuple[str, ...], support: tuple[str, ...]
) -> Enrolment:
    start, end = date.fromisoformat(row["start_date"]), day(row["end_date"])
    months = row["max_months"]
    return Enrolment(
        enrolment_id=row["id"],
        programme=row["programme"],
        coach_id=row["coach_id"],
        coach=row["coach"],
        assignment=row["assignment"],
        start=start,
        end=end,
        days=((end or today) - start).days,
        limit=dates.add_months(start, months + (row["extended"] or 0)) if months else None,
        closure_reason=row["closure_reason"],
        results=results,
        support=support,
    )


def _referral(row: Row) -> Referral:
    return Referral(
        referral_id=row["id"],
        date=date.fromisoformat(row["date"]),
        programme=row["programme"],
        referrer=", ".join(label for label in (row["party"], row["unit"]) if label),
        outcome=row["outcome"],
        outcome_label=row["outcome_label"],
        reason=row["reason"],
    )

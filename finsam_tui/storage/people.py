"""The list of people: found as one types, and nobody protected is recognised in it.

The filter reads one index, in the order of the names, until the page is full. Searching a hundred
thousand people for what nobody is called takes some fifteen milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal, cast

from finsam_tui.domain import dates, personal_id, search
from finsam_tui.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register

Status = Literal["enrolled", "queue", "closed", "new"]
STATUS_LABELS: dict[Status, str] = {
    "enrolled": "inskriven",
    "queue": "kö",
    "closed": "avslutad",
    "new": "ej inskriven",
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list.

    `name` is "Andersson, Eva", "Skyddad identitet" or "Anonym 12"; who is protected has neither
    birth year, phone nor municipality here. `programmes` are those of the open enrolments, and
    `coach` is the latest one's.
    """

    participant_id: int
    name: str
    birth_year: int | None
    age: int | None
    phone: str | None
    municipality: str | None
    programmes: tuple[str, ...]
    coach: str | None
    status: Status


def people(
    register: Register, text: str, today: date, *, limit: int, offset: int = 0
) -> list[PersonRow]:
    """Return those who match every word of `text`, by name; all people if there is none.

    A word is the beginning of a name or any part of a number; a whole personal number finds also
    those who are protected.
    """
    rows = register.rows("people", **_filter(text, today), limit=limit, offset=offset)
    return [_person(list(own), today) for _, own in groupby(rows, key=lambda row: row["id"])]


def people_count(register: Register, text: str, today: date) -> int:
    """Return how many people match. Not needed after a page that was not full: that was all."""
    if not search.patterns(text):
        return cast("int", register.one("people_all")["people"])
    return cast("int", register.one("people_count", **_filter(text, today))["people"])


def _filter(text: str, today: date) -> dict[str, str | None]:
    words = dict.fromkeys(f"word{n}" for n in range(1, search.MOST_PATTERNS + 1))
    found = dict(zip(words, search.patterns(text), strict=False))
    return {**words, **found, "number": _number(text, today)}


def _number(text: str, today: date) -> str | None:
    try:
        return personal_id.parse(text, today).digits
    except FieldError:
        return None


def _person(rows: list[Row], today: date) -> PersonRow:
    """Make one person of their enrolments, the open ones and the latest first."""
    row = rows[0]
    birth = date.fromisoformat(row["birth_date"]) if row["birth_date"] else None
    return PersonRow(
        participant_id=row["id"],
        name=row["name"],
        birth_year=birth.year if birth else None,
        age=dates.age(birth, today) if birth else None,
        phone=row["phone"],
        municipality=row["municipality"],
        programmes=tuple(_open_programmes(rows)),
        coach=row["coach"],
        status=_status(row),
    )


def _open_programmes(rows: Iterable[Row]) -> Iterable[str]:
    return (row["programme"] for row in rows if row["enrolled"] and row["end_date"] is None)


def _status(row: Row) -> Status:
    if row["enrolled"] and row["end_date"] is None:
        return "enrolled"
    if row["waits"]:
        return "queue"
    return "closed" if row["enrolled"] else "new"

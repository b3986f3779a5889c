"""The records that are about no person, form by form, as lists show them: a line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.domain.follow_up import oldest_due
from finsam_tui.text import number, plural, short_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id


@dataclass(frozen=True, slots=True)
class Line:
    """A record as a list shows it: two short cells that tell which it is, and the rest in words.

    Of a record of a year they are the year ("" of a day without a date) and the programme ("" where
    it is about none); of another its typed id and its name.
    """

    record_id: Id
    first: str
    second: str
    told: str


def lines(register: Register, form: str, today: date, *, limit: int, offset: int = 0) -> list[Line]:
    """Return the records of one of the forms in `LISTED`: the latest year first, else by name."""
    tell = _TOLD[form]
    return [tell(row) for row in rows(register, form, today, limit=limit, offset=offset)]


def rows(  # noqa: PLR0913 - a page of a list, or one record of it
    register: Register,
    form: str,
    today: date,
    *,
    limit: int = 1,
    offset: int = 0,
    only: Id | None = None,
) -> list[Row]:
    """Return the same as rows of the form's query; `only` is the id of a colleague."""
    asked = {"only": only, "oldest_due": oldest_due(today).isoformat()}
    return register.rows(f"list_{form}", **asked, limit=limit, offset=offset)


def count(register: Register, form: str) -> int:
    """Return how many records a form in `LISTED` has."""
    return int(register.sql(f"SELECT count(*) FROM {form}").fetchall()[0][0])


def _of_year(told: Callable[[Row], str]) -> Callable[[Row], Line]:
    """Return what makes the line of a record of a year, which `told` tells the rest of."""
    return lambda row: Line(row["id"], str(row["year"] or ""), row["programme"] or "", told(row))


def _of_own(told: Callable[[Row], list[str]]) -> Callable[[Row], Line]:
    """Return what makes the line of a record with a typed id; what is "" is not told."""
    return lambda row: Line(
        row["id"], row["id"], row["name"], ", ".join(part for part in told(row) if part)
    )


def _programme_year(row: Row) -> str:
    participants = number(row["budget_participants"])
    budget, actual = number(row["budget_amount"], 0), number(row["actual_amount"], 0)
    return f"{participants} deltagare, {budget} kr; utfall {actual} kr"


def _goal(row: Row) -> str:
    return f"{row['measure']}: {row['direction']} {number(row['target'])}"


def _structural_event(row: Row) -> str:
    day = short_date(date.fromisoformat(row["date"])) if row["date"] else "utan datum"
    comment = (row["comment"] or "").partition("\n")[0]
    attendees = f"{day}, {number(row['attendees'])} deltagare"
    return f"{attendees}: {comment}" if comment else attendees


def _comparison(row: Row) -> str:
    return f"{row['name']} ({row['level']}), {number(row['participants'])} deltagare"


def _questionnaire(row: Row) -> str:
    return ", ".join(label for label in (row["occasion"], row["sex"]) if label)


def _staff(row: Row) -> list[str]:
    has_key = row["slot"] is not None
    if row["active"]:
        key = "nyckel" if has_key else "ingen nyckel"
    else:
        key = "nyckeln kvar" if has_key else ""
    calls = plural(row["calls"], "samtal", "samtal") if row["calls"] else ""
    return [row["role"], "" if row["active"] else "har slutat", key, _enrolled(row), calls]


def _programme(row: Row) -> list[str]:
    kind = "volym" if row["volume"] else row["type"]
    end = f"till {short_date(date.fromisoformat(row['end_date']))}" if row["end_date"] else ""
    return [kind, _enrolled(row), end]


def _enrolled(row: Row) -> str:
    return plural(row["enrolments"], "inskriven", "inskrivna") if row["enrolments"] else ""


def _municipality(row: Row) -> list[str]:
    return [f"{number(row['share'], 1)} %" if row["share"] is not None else ""]


_TOLD: dict[str, Callable[[Row], Line]] = {
    "programme_year": _of_year(_programme_year),
    "goal": _of_year(_goal),
    "structural_event": _of_year(_structural_event),
    "comparison": _of_year(_comparison),
    "questionnaire": _of_year(_questionnaire),
    "staff": _of_own(_staff),
    "programme": _of_own(_programme),
    "municipality": _of_own(_municipality),
}
LISTED = tuple(_TOLD)

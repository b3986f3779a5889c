"""The list of persons: who took part, by personal number, and how many, with cases and activities.

Who has a protected identity, or is anonymous, stands in it without anything that tells who it is.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain import personal_id
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import COUNT, GROUP, MEN, OTHER, WOMEN, check, without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from finsam_tui.report.scope import Rows, Scope

TITLE = "Personlista"
QUERIES = ("report_persons",)

_OPEN, _ANONYMOUS, _PROTECTED = "open", "anonymous", "protected"
_UNNAMED = {_ANONYMOUS: "Anonym", _PROTECTED: "Skyddad identitet"}
_ORDER = (_OPEN, _ANONYMOUS, _PROTECTED)
# What is counted → what it is called, and its population.
_COUNTED = {
    "persons": ("Personer", "participated.unique"),
    "cases": ("Ärenden", "participated"),
    "activities": ("Aktiviteter", "participated.activities"),
}
_COUNTS = (GROUP, COUNT._replace(parts=("women", "men", "other")), WOMEN, MEN, OTHER)
_LIST = tuple(
    Column(key, label, "text")
    for key, label in {
        "number": "Personnummer",
        "name": "Namn",
        "sex": "Kön",
        "municipality": "Kommun",
        "programme": "Insats",
        "start": "Start",
        "end": "Slut",
        "coach": "Coach",
    }.items()
)
_PRIVATE = (
    "Listan innehåller personuppgifter. Lämna den bara till den som behöver den i sitt arbete, och "
    "förstör den när den inte längre behövs."
)
_ACTIVITIES = (
    "Aktiviteter är allt som är daterat i perioden för de ärenden som står i listan: lägen, "
    "mätningar, samtal, planer, anteckningar, förlängningar och punktinsatser."
)


class Case(NamedTuple):
    """A row of the query, column by column: of many rows, much faster to read than by name."""

    id: int
    participant_id: int
    identity: str
    sex: str
    personal_id: str | None
    birth_date: str | None
    first_name: str | None
    last_name: str | None
    municipality: str | None
    programme: str
    start_date: str
    end_date: str | None
    staff: str | None
    activities: int


def section(rows: Rows, scope: Scope) -> Section:
    """List the enrolments of the period, a line each; count them, their persons and activities."""
    base = scope.bases["participated"]
    cases = sorted(map(Case._make, rows["report_persons"]), key=_place)
    label = cache(scope.codes.label)
    listed = sum(case.identity != _ANONYMOUS for case in cases)
    return Section(
        id="persons",
        title=TITLE,
        rule="Deltog i perioden, en rad per ärende. Sortering: personnummer.",
        base=base,
        tables=(
            _counts(cases),
            Table("persons", _LIST, tuple(_row(c, label) for c in cases), cases=True),
        ),
        sentences=(
            Told(
                "{persons.count|person|personer} med {cases.count|ärende|ärenden} och "
                "{activities.count|aktivitet|aktiviteter} i perioden.",
                "counts",
            ),
        ),
        notes=(_PRIVATE, _ACTIVITIES),
        warnings=check([listed], base, "Ärendena", "listade, utom anonyma"),
    )


def _place(case: Case) -> tuple[int, str, str, int]:
    """Return where a case stands: by personal number or date of birth, those unnamed last."""
    number = case.personal_id or (case.birth_date or "").replace("-", "")
    return _ORDER.index(case.identity), number, case.start_date, case.id


def _counts(cases: Iterable[Case]) -> Table:
    """Return how many persons, cases and activities there are, by sex; the anonymous apart."""
    counts = {key: Counter[str]() for key in _COUNTED}
    seen: set[int] = set()
    anonymous = 0
    for case in cases:
        if case.identity == _ANONYMOUS:
            anonymous += 1
            continue
        column = {"woman": "women", "man": "men"}.get(case.sex, "other")
        counts["persons"][column] += case.participant_id not in seen
        counts["cases"][column] += 1
        counts["activities"][column] += case.activities
        seen.add(case.participant_id)
    lines = [
        Row(
            key, (name, (found := counts[key]).total(), *(found[c.key] for c in _COUNTS[2:])), of=of
        )
        for key, (name, of) in _COUNTED.items()
    ]
    beside = ("Därtill anonyma ärenden", anonymous, None, None, None)
    lines.append(Row("anonymous", beside, rare=True, of="participated.anonymous"))
    table = Table("counts", _COUNTS, tuple(lines))
    return table if counts["cases"]["other"] else without(table, "other")


def _row(case: Case, label: Callable[[str, str | None], str]) -> Row:
    """Return the line of a case; of who is unnamed it tells no more than programme and days."""
    of_case = (
        label("programme", case.programme),
        case.start_date,
        case.end_date,
        label("staff", case.staff) or None,
    )
    key = str(case.id)
    if case.identity in _UNNAMED:
        return Row(key, (_UNNAMED[case.identity], None, None, None, *of_case))
    number = case.personal_id
    person = (
        personal_id.show(number) if number else case.birth_date,
        ", ".join(filter(None, (case.last_name, case.first_name))) or None,
        label("sex", case.sex),
        label("municipality", case.municipality) or None,
    )
    return Row(key, (*person, *of_case))

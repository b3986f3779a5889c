"""What GoldWare's list of persons prints in report 002, put into a register.

"Antal personer: 149 90 59, Antal ärenden: 152 92 60, Antal aktiviteter: 140 90 50", women and men
last. The list itself is not in the report: its people are made up.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from finsam_tui.domain import personal_id

if TYPE_CHECKING:
    from tests.storage.rows import Rows

YEAR = 2022
# Persons, cases and activities.
WOMEN, MEN = (90, 92, 90), (59, 60, 50)
TOTAL = (149, 152, 140)

_BORN = date(1970, 1, 1)
_SERIALS = {"woman": 980, "man": 981}  # of numbers that are nobody's


def fill(rows: Rows) -> None:
    """Put the persons into a register with its programmes, the youngest first."""
    for sex, figures in (("woman", WOMEN), ("man", MEN)):
        _fill(rows, sex, *figures)


def _fill(rows: Rows, sex: str, persons: int, cases: int, activities: int) -> None:
    """Give the first of them a second case, and all cases their activities in turn."""
    people = [
        rows.person(
            sex=sex, personal_id=personal_id.test_number(day, _SERIALS[sex]), birth_date=f"{day}"
        )
        for n in reversed(range(persons))
        for day in [_BORN + timedelta(days=30 * n)]
    ]
    enrolments = [rows.enrolment(person, "2022-01-10", end_date="2022-12-01") for person in people]
    again = people[: cases - persons]
    enrolments += [rows.enrolment(person, "2022-12-05") for person in again]
    for n in range(activities):
        enrolment = enrolments[n % len(enrolments)]
        rows.add("note", enrolment_id=enrolment, at="2022-12-31T23:59", text="Möte")

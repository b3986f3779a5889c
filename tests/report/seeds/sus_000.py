"""What seed 000 prints of SUS for Sydnärke 2019: participants per programme, by sex, and after.

The 263 persons and 4 anonymous are 267 enrolments. The table by sex counts the anonymous among the
women and men; three of them are "skyddad identitet" in Växa/Coachingteam (table of homes), the
fourth is taken to be in Mottagningsteam, and their sexes are nowhere printed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import repeat
from typing import NamedTuple

from tests.report.seeds.sus_files import Enrolment, Programme

YEAR = 2019


class Printed(NamedTuple):
    """A row of "Antal registrerade deltagare" and of "Könsfördelningen"."""

    name: str
    budget: int
    actual: int
    women: int | None = None
    men: int | None = None
    anonymous: int = 0


PROGRAMMES = {
    "MT": Printed("Mottagningsteam Sydnärke", 100, 125, 70, 55, anonymous=1),
    "CT": Printed("Coachingteam Sydnärke", 100, 120, 80, 40),
    "VMT": Printed("Projekt Växa/Mottagningsteam", 10, 11, 4, 7),
    "VCT": Printed("Projekt Växa/Coachingteam", 15, 11, 6, 5, anonymous=3),
    "ADV": Printed("Rådgivande ärende i Mottagningsteamet", 150, 163),
}
BUDGET, PERSONS, ANONYMOUS, VOLUME, TOTAL = 375, 263, 4, 163, 430
WOMEN_AND_MEN = (160, 107)  # printed in the total, the anonymous among them

# "Totalt antal deltagare: 171, Antal kvinnor: 106, Antal män: 65" and "189 … 113 … 76".
STARTED = (106, 65)
CLOSED = (113, 76)
# "45 deltagare av totalt 189 avslutade … 24 %".
WORK_OR_STUDIES = (45, 24)


def programmes() -> list[Programme]:
    """Return the programmes; the advice cases have the figure of the year."""
    return [
        Programme(
            id,
            row.name,
            volume=row.women is None,
            budget=row.budget,
            actual=row.actual if row.women is None else None,
        )
        for id, row in PROGRAMMES.items()
    ]


def enrolments() -> list[Enrolment]:
    """Return the enrolments: of each sex the first have started in the year, the last closed.

    Who is anonymous is a woman here, who had started before the year and goes on after it.
    """
    persons: dict[str, list[str]] = {"kvinna": [], "man": []}
    hidden = []
    for id, row in PROGRAMMES.items():
        persons["kvinna"] += [id] * ((row.women or 0) - row.anonymous)
        persons["man"] += [id] * (row.men or 0)
        hidden += [
            Enrolment("kvinna", _BEFORE, programme=id, registration="anonym")
            for _ in range(row.anonymous)
        ]
    found = [
        *_of_sex("kvinna", persons["kvinna"], STARTED[0], CLOSED[0]),
        *_of_sex("man", persons["man"], STARTED[1], CLOSED[1]),
    ]
    return [*_with_work([e for e in found if e.end]), *(e for e in found if not e.end), *hidden]


_BEFORE, _FIRST, _LAST = date(2018, 10, 1), date(2019, 1, 1), date(2019, 12, 31)


def _of_sex(sex: str, programmes: list[str], started: int, closed: int) -> list[Enrolment]:
    count = len(programmes)
    return [
        Enrolment(
            sex,
            _FIRST + timedelta(days=n) if n < started else _BEFORE,
            _LAST - timedelta(days=count - n - 1) if n >= count - closed else None,
            programme=programme,
        )
        for n, programme in enumerate(programmes)
    ]


def _with_work(closed: list[Enrolment]) -> list[Enrolment]:
    """Return those who closed: the first of them work or study then, the others do neither."""
    count, _ = WORK_OR_STUDIES
    after = ["studies", *repeat("work", count - 1), *repeat("none", len(closed) - count)]
    return [
        replace(e, occupation=("none", occupation))
        for e, occupation in zip(closed, after, strict=True)
    ]

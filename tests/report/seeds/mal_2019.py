"""What report 001 prints of 2019, and as much of report 000 of the same year as it rests on.

Every number of the constants stands in the seed. People, dates and who of them took a step are made
up: the reports only count them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tests.report.seeds.mal_files import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class People(NamedTuple):
    """The participants of a programme, in 000."""

    women: int  # Könsfördelningen
    men: int
    carried: int  # Deltagare kvar från 2018
    closed: int  # Avslutade 2019
    positive: int  # varav avslutats eller aktualiserats till …
    anonymous: int = 0  # Skyddad identitet, of those who closed


# 001: id, name, cost pool, programme period, budget and actual in kronor. The cost of Växa is
# printed once for both its parts, with the cost per participant of Coachingteamet.
INDIVIDUAL = (
    ("MT", "Mottagningsteam", "m", "2014-11-01", "2020-12-31", 1_311_000, 1_051_782.22),
    ("CT", "Coachingteam", "c", "2017-01-01", "2020-12-31", 3_176_000, 1_827_866.48),
    ("VMT", "Mottagningsteam/Växa", "m", "2018-09-01", "2020-11-30", None, None),
    ("VCT", "Coachingteam/Växa", "c", "2018-09-01", "2020-11-30", None, 1_372_605),
    ("RAD", "Rådgivande ärenden", "m", "2014-01-01", None, None, None),
)
ADVICE = 163
# 000: Antal registrerade deltagare i de individriktade insatserna, Budgeterat.
BUDGETED = {"MT": 100, "CT": 100, "VMT": 10, "VCT": 15, "RAD": 150}
PEOPLE = {
    "MT": People(70, 55, 34, 102, 64),
    "CT": People(80, 40, 57, 76, 44),
    "VMT": People(4, 7, 0, 8, 6),
    "VCT": People(6, 5, 0, 8, 4, anonymous=3),
}

# 001: id, name, attendees, lecturers, exhibitors, budget and actual; Sydnärke's own share of them.
STRUCTURAL = (
    ("DAG", "Gemensam samverkansdag", 65, None, None, 15_000, 15_000),
    ("MASSA", "Rehabiliteringsmässan 2019", 220, 5, 16, 30_000, 26_547.23),
    ("BEHOV", "Behovsinventering", 37, None, None, 0, 90_091),
)
DAYS = {"DAG": "2019-11-29", "MASSA": "2019-11-13"}  # the third has a span, and no day
# What all four associations of the county paid together, and the attendees in 000.
COUNTY = {"DAG": (60_000, 60), "MASSA": (106_188, 220)}

FULFILMENT = "Mycket god"
RESULT = "Utfallet för 2019 blev 125 deltagare.\nI många ärenden är det den ekonomiska situationen."


def files(folder: Path) -> Path:
    """Write the year as a folder of the exchange format, and return it."""
    write(folder, "förbund", "namn", [("Samordningsförbundet Sydnärke",)])
    individual = (
        (id, name, "individ", "nej" if id in PEOPLE else "ja", start, end, pool)
        for id, name, pool, start, end, *_ in INDIVIDUAL
    )
    structural = ((id, name, "struktur", "ja", None, None, None) for id, name, *_ in STRUCTURAL)
    heading = "insats_id namn typ volym start slut kostnadsgrupp"
    write(folder, "insatser", heading, chain(individual, structural))
    heading = "insats_id år budget_deltagare utfall_deltagare budget_kr utfall_kr måluppfyllelse"
    write(folder, "insatsår", f"{heading} resultat", _years())
    write(
        folder,
        "strukturinsatser",
        "insats_id datum antal_deltagare föreläsare utställare",
        [(id, DAYS[id], *counts) for id, _, *counts, _, _ in STRUCTURAL if id in DAYS],
    )
    people = [person for id in PEOPLE for person in _people(id)]
    write(
        folder, "deltagare", "deltagare_id registrering kön födelsedatum", (p[:4] for p in people)
    )
    heading = "inskrivning_id deltagare_id insats_id start slut"
    write(folder, "inskrivningar", heading, ((p[0], p[0], *p[4:7]) for p in people))
    write(folder, "resultat", "inskrivning_id resultat", ((p[0], p[7]) for p in people if p[7]))
    return folder


def _years() -> list[tuple[object, ...]]:
    volume = {"RAD": ADVICE, "BEHOV": 37}
    money = [
        *((id, budget, actual) for id, *_, budget, actual in INDIVIDUAL),
        *((id, budget, actual) for id, *_, budget, actual in STRUCTURAL),
    ]
    results = {"MT": RESULT}
    return [
        (*(id, 2019, BUDGETED.get(id), volume.get(id), budget, actual), FULFILMENT, results.get(id))
        for id, budget, actual in money
    ]


def _people(programme: str) -> Iterator[tuple[object, ...]]:
    """Yield id, registration, sex, birth, programme, start, end and result of each participant.

    Those who closed come first, of them the anonymous first and those who took a step last.
    """
    of = PEOPLE[programme]
    for n in range(of.women + of.men):
        closed = n < of.closed
        yield (
            f"{programme}{n}",
            "anonym" if n < of.anonymous else "person",
            "kvinna" if n < of.women else "man",
            None if n < of.anonymous else "1980-06-15",
            programme,
            "2018-12-01" if n < of.carried else "2019-01-15",
            "2019-11-30" if closed else None,
            "studier" if closed and n >= of.closed - of.positive else None,
        )

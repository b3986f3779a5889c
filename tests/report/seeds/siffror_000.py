"""What report 000 prints of Sydnärke's programmes in 2019, put into files of the exchange format.

Every number of the constants stands in the seed, under the heading named beside it. Which of a
team's people came from where, closed and went to what is made up, and so are their days: only the
sums are printed. The printed tables have the four anonymous among their homes, parties and results,
where the work's definitions have none; so here they are registered, three of them protected.
"""

from __future__ import annotations

from itertools import chain, cycle
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.forms.codes import Code, default_codes
from tests.report.seeds.mal_files import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

YEAR = 2019
ASKERSUND, HALLSBERG, KUMLA, LAXA, STAYING = "1882", "1861", "1881", "1860", "vistelse"
# "Skyddad identitet" in one table of homes is "Vistelsekommun i Sydnärke" in another.
MUNICIPALITIES = (
    (ASKERSUND, "Askersund", 21),
    (HALLSBERG, "Hallsberg", 29),
    (KUMLA, "Kumla", 40),
    (LAXA, "Laxå", 10),
    (STAYING, "Vistelsekommun i Sydnärke", None),
)
# Försäkringskassan's are told apart by the time of year, as units of its own.
UNITS = (
    Code("referrer_unit", "january_may", "januari–maj", 1, parent="social_insurance"),
    Code("referrer_unit", "june_december", "juni–december", 2, parent="social_insurance"),
)


class Team(NamedTuple):
    """The tables of a programme.

    `home` is municipality → (left from last year, new), `closed` → (closed, onward), `granted` →
    with compensation; `referrers` is (party, unit) → count, `results` label → count.
    """

    name: str
    budget: int
    women: int
    men: int
    home: dict[str, tuple[int, int]]
    referrers: dict[tuple[str, str | None], int]
    closed: dict[str, tuple[int, int]]
    results: dict[str, int]
    granted: dict[str, int] = {}  # noqa: RUF012 - nobody writes to it

    @property
    def total(self) -> int:
        """All of them."""
        return sum(map(sum, self.home.values()))


AF, FK, KOMMUN, REGION, EGEN, OVRIGA = (
    *("Arbetsförmedlingen", "Försäkringskassan", "Kommun", "Region", "Egen", "Övriga"),
)
TEAMS = {
    "MT": Team(
        name="Mottagningsteam Sydnärke",
        budget=100,
        women=70,
        men=55,
        home={ASKERSUND: (7, 20), HALLSBERG: (8, 16), KUMLA: (10, 41), LAXA: (9, 14)},
        referrers={
            (AF, None): 24,
            (EGEN, "egen"): 3,
            (EGEN, "anhörig"): 2,
            (FK, None): 16,
            (KOMMUN, "AME/AMI"): 7,
            (KOMMUN, "socialtjänst"): 20,
            (KOMMUN, "annan"): 4,
            (REGION, "psykiatri"): 18,
            (REGION, "vårdcentral"): 24,
            (REGION, "USÖ"): 1,
            (OVRIGA, "annat team"): 6,
        },
        closed={ASKERSUND: (20, 10), HALLSBERG: (19, 11), KUMLA: (43, 27), LAXA: (20, 16)},
        granted={ASKERSUND: 1, HALLSBERG: 1, KUMLA: 2, LAXA: 1},
        results={
            "aktivt arbetssökande": 5,
            "insats hos AF": 2,
            "anpassad anställning": 3,
            "anställning": 4,
            "annat team i förbundet": 37,
            "daglig verksamhet": 8,
            "KAA": 1,
            "praktik via kommun": 2,
            "sjukersättning": 4,
            "aktivitetsersättning": 1,
            "stöd till sjukpenning": 7,
            "förstärkt samverkan (AF–FK)": 1,
            "studier": 2,
            "stöd till socialtjänst": 6,
            "stöd till vård": 21,
            "åter till vård": 11,
            "åter till FK": 2,
            "avbröt": 6,
            "flytt": 1,
        },
    ),
    "CT": Team(
        name="Coachingteam Sydnärke",
        budget=100,
        women=80,
        men=40,
        home={ASKERSUND: (12, 8), HALLSBERG: (13, 13), KUMLA: (22, 34), LAXA: (10, 8)},
        referrers={
            (AF, None): 10,
            (EGEN, "egen"): 2,
            (EGEN, "anhörig"): 2,
            (FK, "januari–maj"): 43,
            (FK, "juni–december"): 10,
            (KOMMUN, "försörjningsstöd"): 11,
            (KOMMUN, "annan"): 6,
            (REGION, "habilitering"): 1,
            (REGION, "psykiatri"): 17,
            (REGION, "vårdcentral"): 17,
            (OVRIGA, "annat samordningsförbund"): 1,
        },
        closed={ASKERSUND: (12, 8), HALLSBERG: (20, 9), KUMLA: (32, 19), LAXA: (12, 8)},
        results={
            "aktivt arbetssökande": 17,
            "insats hos AF": 2,
            "anpassad anställning": 4,
            "anställning": 2,
            "daglig verksamhet": 1,
            "fortsatt rehab (Activa)": 1,
            "förstärkt samverkan (AF–FK)": 7,
            "praktik via kommun": 7,
            "studier": 3,
            "stöd till vård": 4,
            "aktivitetsersättning": 1,  # "Stöd till FK/AE", which is none of the default codes
            "åter till FK": 5,
            "åter till vård": 11,
            "stöd ansöka sjukersättning": 7,
            "avbröt": 10,
            "flytt": 1,
            "föräldraledig": 1,
        },
    ),
    "VMT": Team(
        name="Projekt Växa/Mottagningsteam",
        budget=10,
        women=4,
        men=7,
        home={ASKERSUND: (0, 1), HALLSBERG: (0, 4), KUMLA: (0, 3), LAXA: (0, 3)},
        referrers={
            (AF, None): 2,
            (KOMMUN, "AME/AMI"): 3,
            (KOMMUN, "socialtjänst"): 4,
            (REGION, "vårdcentral"): 2,
        },
        closed={ASKERSUND: (0, 0), HALLSBERG: (3, 2), KUMLA: (2, 1), LAXA: (3, 3)},
        results={
            "insats hos AF": 1,
            "anpassad anställning": 1,
            "annat team i förbundet": 3,
            "daglig verksamhet": 1,
            "flytt": 1,
            "stöd till sjukpenning": 1,
            "stöd till socialtjänst": 1,
            "stöd till vård": 1,
        },
    ),
    "VCT": Team(
        name="Projekt Växa/Coachingteam",
        budget=15,
        women=6,
        men=5,
        home={ASKERSUND: (0, 0), HALLSBERG: (0, 5), KUMLA: (0, 1), LAXA: (0, 2), STAYING: (0, 3)},
        referrers={
            (AF, None): 2,
            (FK, "handläggare"): 1,
            (KOMMUN, "försörjningsstöd"): 4,
            (REGION, "vårdcentral"): 1,
            (KOMMUN, "Arena familj"): 3,
        },
        closed={
            ASKERSUND: (0, 0),
            HALLSBERG: (4, 3),
            KUMLA: (0, 0),
            LAXA: (1, 1),
            STAYING: (3, 0),
        },
        results={
            "aktivt arbetssökande": 1,
            "anställning": 1,
            "studier SFI": 2,
            "flytt": 3,
            "stöd ansöka sjukersättning": 1,
        },
    ),
}
# "Rådgivande ärende i Mottagningsteamet", a programme of its own that counts no persons.
ADVICE = ("RAD", "Rådgivande ärende i Mottagningsteamet", 150, 163)
# Strukturövergripande insatser: budgeted and actual; and the actual of all in 2018, given to one.
STRUCTURAL = {
    "KOMP": ("Kompetensutveckling till handläggare", 30, 25),
    "REHAB": ("Rehabiliteringsmässan 2019", 150, 220),
    "DAG": ("Gemensam samverkansdag", 60, 60),
    "BEHOV": ("Behovsinventering", 35, 37),
}
STRUCTURAL_BEFORE = 203
# "En jämförelse … mellan 5 olika län": programmes, budget, participants, and of volume budget, all.
COUNTIES = {
    "Östergötlands län": (114, 377, 839, 1570, 8870),
    "Örebro län": (28, 405, 799, 604, 1815),
    "Värmland län": (76, 600, 649, 1649, 1917),
    "Västmanlands län": (45, 241, 312, 11324, 1860),
    "Södermanlands län": (6, None, 143, None, None),
}
# "… mellan de 4 förbund i Örebro län": as above, after participants the new, closed and anonymous.
OWN = "Samordningsförbundet Sydörarna"
ASSOCIATIONS = {
    OWN: (5, 225, 263, 171, 189, 4, 150, 163),
    "Samordningsförbundet Degerfors/Karlskoga": (1, 180, 243, 84, 106, None, None, None),
    "Finsam Lekeberg och Örebro": (7, None, 221, 160, 118, 28, 7, 86),
    "Samordningsförbundet i norra Örebro län, Sofint": (2, None, 72, 32, 34, 76, None, None),
}
ASSOCIATIONS_TOTAL = (15, 405, 799, 447, 447, 108, 157, 249)

_POSITIVE = {code.label for code in default_codes() if code.list == "result" and code.positive}
_GRANTED = ("sjukersättning", "aktivitetsersättning")


class _Person(NamedTuple):
    id: str
    team: str
    municipality: str
    is_new: bool
    closed: bool
    onward: bool


def files(folder: Path) -> Path:
    """Write the year into `folder`, and return it."""
    write(folder, "förbund", "namn län", [(OWN, "Örebro län")])
    write(folder, "kommuner", "kod namn andel", MUNICIPALITIES)
    _write_programmes(folder)
    people = {id: tuple(_people(id, team)) for id, team in TEAMS.items()}
    _write_people(folder, people)
    results = chain.from_iterable(_results(TEAMS[id], group) for id, group in people.items())
    write(folder, "resultat", "inskrivning_id resultat", sorted(results))
    heading = "datum insats_id vem antal"
    write(folder, "rådgivning", heading, [("2019-06-01", ADVICE[0], "handläggare", ADVICE[3])])
    _write_comparisons(folder)
    return folder


def _write_programmes(folder: Path) -> None:
    programmes = [(id, team.name, "individ", "nej") for id, team in TEAMS.items()]
    days = [(id, name, "struktur", "ja") for id, (name, *_) in STRUCTURAL.items()]
    advice, name, budget, _ = ADVICE
    rows = [*programmes, (advice, name, "individ", "ja"), *days]
    write(folder, "insatser", "insats_id namn typ volym", rows)
    years = [
        *((id, YEAR, team.budget, None) for id, team in TEAMS.items()),
        (advice, YEAR, budget, None),
        *((id, YEAR, *figures) for id, (_, *figures) in STRUCTURAL.items()),
        ("KOMP", YEAR - 1, None, STRUCTURAL_BEFORE),
    ]
    write(folder, "insatsår", "insats_id år budget_deltagare utfall_deltagare", years)


def _people(id: str, team: Team) -> Iterator[_Person]:
    """Yield the people of a team by municipality, those left from last year first."""
    for home, (left, new) in team.home.items():
        closed, onward = team.closed[home]
        for n in range(left + new):
            yield _Person(f"{id}-{home}-{n}", id, home, n >= left, n < closed, n < onward)


def _write_people(folder: Path, people: dict[str, tuple[_Person, ...]]) -> None:
    participants, referrals, enrolments = [], [], []
    for id, team in TEAMS.items():
        referrers = chain.from_iterable([key] * count for key, count in team.referrers.items())
        for n, (person, (party, unit)) in enumerate(zip(people[id], referrers, strict=True)):
            sex = "kvinna" if n < team.women else "man"
            protection = "skyddad folkbokföring" if person.municipality == STAYING else "nej"
            home = next(name for key, name, _ in MUNICIPALITIES if key == person.municipality)
            participants.append((person.id, "person", "1985-05-05", sex, home, protection))
            start = "2019-02-01" if person.is_new else "2018-09-01"
            referrals.append((person.id, person.id, id, start, party, unit, "start"))
            end = "2019-11-15" if person.closed else None
            enrolments.append((person.id, person.id, id, person.id, start, end))
    heading = "deltagare_id registrering födelsedatum kön kommun skydd"
    write(folder, "deltagare", heading, participants)
    heading = "aktualisering_id deltagare_id insats_id datum part enhet utfall"
    write(folder, "aktualiseringar", heading, referrals)
    heading = "inskrivning_id deltagare_id insats_id aktualisering_id start slut"
    write(folder, "inskrivningar", heading, enrolments)


def _results(team: Team, people: Iterable[_Person]) -> Iterator[tuple[str, str]]:
    """Yield who went to what: what counts to those who went onward, the rest to the others."""
    onward = [person for person in people if person.onward]
    others = [person for person in people if person.closed and not person.onward]
    results = [label for label, count in team.results.items() for _ in range(count)]
    counting = [result for result in results if result in _POSITIVE]
    rest = [result for result in results if result not in _POSITIVE]
    if team.granted:
        granted = iter([result for result in rest if result in _GRANTED])
        rest = [result for result in rest if result not in _GRANTED]
        for home, count in team.granted.items():
            there = [person for person in others if person.municipality == home]
            yield from ((person.id, next(granted)) for person in there[:count])
    for group, given in ((onward, counting), (others, rest)):
        yield from ((person.id, result) for person, result in zip(cycle(group), given))


def _write_comparisons(folder: Path) -> None:
    heading = (
        "år nivå namn insatser budget_deltagare deltagare nya avslutade anonyma budget_volym volym"
    )
    counties = [
        (YEAR, "län", name, *persons, None, None, None, *volume)
        for name, (*persons, budget, count) in COUNTIES.items()
        for volume in [(budget, count)]
    ]
    associations = [(YEAR, "förbund", name, *figures) for name, figures in ASSOCIATIONS.items()]
    write(folder, "jämförelser", heading, [*counties, *associations])

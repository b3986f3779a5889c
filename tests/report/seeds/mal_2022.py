"""What report 004 prints of 2022, as far as the scan can be read.

Every number of the constants stands in the seed, but for those that say so: 004 prints shares in
whole per cent and seldom of how many, and then a number is chosen that gives them. People and dates
are made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.report.seeds.mal_files import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Page 2: women, men and anonymous among the new of Rehabvägledare and of Utredningen.
NEW = {"RV": (112, 109, 3), "UTR": (84, 86, 7)}
PERSONS = 277  # of the 391 who are not anonymous: 114 stand among the new of both
BOTH = {"kvinna": 57, "man": 57}  # not printed by sex
UNDER_30 = 41  # persons in both, so 82 of 391: not printed but as 21 %
# Page 2: 70 and 56 % said yes, of a number that is not printed.
FORMS, USEFUL, READIER = 100, 70, 56
PARTNERS = 657  # page 1
GOALS = (
    (None, "new_participants", "minst", 350, None),
    (None, "useful", "minst", 75, None),
    (None, "readier", "minst", 50, None),
    (None, "attendees", "minst", 500, None),
    (None, "other", "minst", 60, "38 % uppfattade att samverkan har blivit bättre."),
    ("RV", "own_livelihood", "minst", 30, None),
    ("RV", "work_or_studies", "minst", 40, None),
    ("RV", "mean_months", "högst", 9, None),
    # Told beside the year before, and beside nothing.
    (None, "under_30", "minst", 20, "Förra året var det 20 %."),
    ("RV", "not_ill", "minst", 0, None),
)


class Group(NamedTuple):
    """Who closed, and how many had a livelihood of their `own` and work or studies.

    That is when they answered, at closure, and at closure of those who answered (`same`), which 004
    does not print.
    """

    closed: int
    consented: int
    answered: int
    own_after: int
    work_after: int
    own: int
    work: int
    own_same: int
    work_same: int


# Page 3: 37 % (22) and 37 % (31) of 202 and of 270; 40 % (17) and 42 % (27) of 83 and of 124.
SIX_MONTHS = Group(270, 252, 202, 75, 75, 59, 84, 42, 66)
TWO_YEARS = Group(124, 117, 83, 33, 35, 21, 33, 15, 24)
# Who closed in 2022: "knappt 76 %" not ill, 25 %, "drygt 31 %". How many is not printed.
CLOSED, NOT_ILL, OWN, WORK = 199, 151, 50, 62
SPRING = 90  # of them, who are of the 270, too

# When those closed who are phoned, and the others of 2022: start and end.
_THEN = {
    "2020": ("2019-10-01", "2020-06-15"),
    "2021": ("2020-10-01", "2021-05-15"),
    "spring": ("2021-12-20", "2022-06-15"),
    "autumn": ("2021-09-30", "2022-09-15"),
}


class Stay(NamedTuple):
    """An enrolment of Rehabvägledare that closed, and what came of the call about it, if any."""

    id: str
    then: str
    own: bool
    work: bool
    ill: bool = False
    months: int = 0
    consent: bool = False
    answered: bool = False
    own_after: bool = False
    work_after: bool = False


def files(folder: Path) -> Path:
    """Write the years as a folder of the exchange format, and return it."""
    stays = [*_phoned(SIX_MONTHS, 6), *_phoned(TWO_YEARS, 24), *_autumn()]
    _write_year(folder)
    new = list(_new())
    people = {row[0]: row for row in new} | {s.id: (s.id, False, "person", "man") for s in stays}
    write(
        folder,
        "deltagare",
        "deltagare_id registrering kön födelsedatum",
        (
            (id, kind, sex, None if kind == "anonym" else "2000-05-05" if young else "1980-05-05")
            for id, young, kind, sex, *_ in people.values()
        ),
    )
    write(
        folder,
        "inskrivningar",
        "inskrivning_id deltagare_id insats_id start slut avslutsanledning",
        [
            *((f"{of}-{id}", id, of, "2022-03-01", None, None) for id, _, _, _, of in new),
            *((s.id, s.id, "RV", *_THEN[s.then], _reason(s)) for s in stays),
        ],
    )
    _write_lives(folder, stays)
    return folder


def _write_year(folder: Path) -> None:
    write(folder, "förbund", "namn", [("Samordningsförbundet Väst",)])
    programmes = [
        ("RV", "Rehabvägledare", "individ", "6|24"),
        ("UTR", "Utredningen", "individ", "6"),
        ("SAMV", "Arenadagen och kommundialogerna", "struktur", "6"),
    ]
    write(folder, "insatser", "insats_id namn typ uppföljning_månader", programmes)
    write(folder, "insatsår", "insats_id år utfall_deltagare", [("SAMV", 2022, PARTNERS)])
    goals = ((programme, 2022, *goal) for programme, *goal in GOALS)
    write(folder, "mål", "insats_id år mått riktning värde kommentar", goals)
    forms = (
        ("RV", "avslut", 2022, f"useful:{_yes(n < USEFUL)}|readier:{_yes(n < READIER)}")
        for n in range(FORMS)
    )
    write(folder, "enkäter", "insats_id tillfälle år svar", forms)


def _new() -> Iterator[tuple[str, bool, str, str, str]]:
    """Yield person, whether young, registration, sex and programme of each new enrolment."""
    for programme, (women, men, anonymous) in NEW.items():
        for sex, count in (("kvinna", women), ("man", men)):
            for n in range(count):
                whose = "RV" if n < BOTH[sex] else programme
                yield f"{whose}{sex}{n}", sex == "man" and n < UNDER_30, "person", sex, programme
        for n in range(anonymous):
            yield f"{programme}anonym{n}", False, "anonym", "okänt", programme


def _phoned(group: Group, months: int) -> Iterator[Stay]:
    """Yield the enrolments of a group: first those who answered, last those who did not consent."""
    for n in range(group.closed):
        answered, rest = n < group.answered, n - group.answered
        yield Stay(
            id=f"{months}-{n}",
            then="2020" if months > 6 else "spring" if n >= group.closed - SPRING else "2021",
            own=n < group.own_same if answered else rest < group.own - group.own_same,
            work=n < group.work_same if answered else rest < group.work - group.work_same,
            months=months,
            consent=n < group.consented,
            answered=answered,
            own_after=n < group.own_after,
            work_after=n < group.work_after,
        )


def _autumn() -> Iterator[Stay]:
    """Yield those who closed in 2022 and are not of the 270: with them 2022 is as printed."""
    spring = [stay for stay in _phoned(SIX_MONTHS, 6) if stay.then == "spring"]
    own, work = OWN - sum(s.own for s in spring), WORK - sum(s.work for s in spring)
    for n in range(CLOSED - SPRING):
        yield Stay(f"höst-{n}", "autumn", own=n < own, work=n < work, ill=n < CLOSED - NOT_ILL)


def _write_lives(folder: Path, stays: list[Stay]) -> None:
    """Write how they lived, at closure and when phoned, and what came of the calls."""
    lives = [
        (s.id, "avslut", _THEN[s.then][1], _livelihood(s.own), _occupation(s.work)) for s in stays
    ]
    later = [
        (s.id, s.months, "2022-12-20", None, _occupation(s.work_after)) for s in stays if s.answered
    ]
    heading = "inskrivning_id tillfälle datum försörjning sysselsättning"
    write(folder, "lägen", heading, (*lives, *later))
    calls = (
        (
            *(s.id, s.months, _yes(s.consent), "2022-12-20", _came_to(s)),
            _yes(s.own_after) if s.answered else None,
        )
        for s in stays
        if s.months
    )
    heading = "inskrivning_id månader samtycke datum utfall egen_försörjning"
    write(folder, "uppföljningar", heading, calls)


def _reason(stay: Stay) -> str:
    return "utskrivning pga sjukdom" if stay.ill else "utskrivning"


def _came_to(stay: Stay) -> str:
    if stay.answered:
        return "svarade"
    return "ej svar" if stay.consent else "ej samtycke"


def _livelihood(own: bool) -> str:  # noqa: FBT001 - a cell
    return "ingen offentlig försörjning" if own else "försörjningsstöd"


def _occupation(work: bool) -> str:  # noqa: FBT001 - a cell
    return "subventionerat arbete" if work else "ingen"


def _yes(answer: bool) -> str:  # noqa: FBT001 - a cell
    return "ja" if answer else "nej"

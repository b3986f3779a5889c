"""What report 002 prints of the team's year 2022, put into files of the exchange format.

Every number of the constants stands in the seed, at the heading named beside it, but those called
made up: the seed draws them as charts without figures. So are people, dates and who did what made
up: the report only counts them.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from finsam_tui.domain.dates import add_months
from tests.report.seeds.mal_files import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

T = TypeVar("T")

YEAR = 2022
FIRST_CLOSED = date(2021, 7, 1)  # of those called after six months in the year
# The first page: inskrivna totalt, nya, avslutade.
PARTICIPATED, STARTED, CLOSED = 146, 86, 54
# Fördelning i antal per remittent; Regionen cannot be read, Övriga are told one by one below it.
REFERRERS = {
    ("Arbetsförmedlingen", None): 5,
    ("Försäkringskassan", None): 39,
    ("Kommun", "försörjningsstöd"): 30,
    ("Egen", None): 1,
    ("Övriga", None): 3 + 1 + 1,
}
YOUNG = 1  # En deltagare som påbörjade insatsen hade ersättningen aktivitetsersättning
# SUS – Utbildningsnivå: women and men.
EDUCATION = {
    "grundskola": (15, 9),
    "gymnasium": (16, 12),
    "annan eftergymnasial": (7, 6),
    "högskola/universitet upp till 1 år": (2, 1),
    "högskola/universitet upp till 3 år": (5, 1),
    "högskola/universitet mer än 3 år": (6, 3),
    "saknas/okänd": (0, 3),
}
AGES = {22: 17, 37: 38, 52: 27, 62: 4}  # SUS – Åldersfördelning: an age of each band
# SUS – Tid i offentlig försörjning: up to 1 … 9 years, more, not applicable.
SUPPORT = (6, 8, 15, 9, 6, 7, 5, 2, 5, 19, 4)
SUPPORT_LABELS = (*(f"upp till {n} år" for n in range(1, 10)), "mer än 9 år", "ej tillämpligt")

# Ej start av insats: 52 with 128,5 hours between 0,5 and 10. Reasons and each one's hours made up.
NON_STARTS, HOURS, LEAST, MOST = 52, 128.5, 0.5, 10.0
REASONS = (
    *("ej motiverad till förändring", "kan ta del av ordinarie insats", "sjukdom"),
    *("kan ej tillgodogöra sig insatsen", "uteblivna besök", "återtar ansökan"),
)

INTRO, GOING, JOB, DONE = "Introduktion", "Kom i gång", "Kom i jobb", "Avslut"
# Stegförflyttningar, kommentar: the 30 with both measurements.
MEASURED = {(INTRO, INTRO): 9, (INTRO, GOING): 9, (INTRO, JOB): 8, (GOING, JOB): 4}
# Vid start, vid avslut: all 54. Those beside the 30 follow; who of them went where is made up, such
# that as few as can be went up.
AT_START = {INTRO: 49, GOING: 5}
AT_CLOSURE = {INTRO: 26, GOING: 10, JOB: 15, DONE: 3}
OTHERS = {(INTRO, INTRO): 17, (GOING, GOING): 1, (INTRO, JOB): 3, (INTRO, DONE): 3}

# Förbättrad egenupplevd hälsa: 30 at start, mean 18,8, from 1,4 to 35,9; the five pairs. The other
# totals at start are made up.
ORS_PAIRS = ((21.3, 24.3), (21.0, 15.4), (7.4, 14.3), (4.5, 18.6), (4.2, 11.4))
ORS_OTHERS = (1.4, 35.9, *(20.0, 20.1, 20.2) * 7, 20.0, 25.4)
# Vid avslut: to an ordinary service, one of them enhanced cooperation.
ONWARD, ENHANCED = 36, 1

# Förlängningar: months and livelihood, in the order printed.
EXTENSIONS = (
    (4, "sjukpenning/rehabpenning"),
    (3, "sjukpenning/rehabpenning"),
    (3, "försörjningsstöd"),
    (4, "försörjningsstöd"),
    (3, "försörjningsstöd"),
    (6, "aktivitetsstöd"),
    (3, "sjukpenning/rehabpenning"),
    (3, "försörjningsstöd"),
    (6, "försörjningsstöd"),
    (6, "försörjningsstöd"),
    (6, "sjukpenning/rehabpenning"),
)
# Punktinsatser: months after closure, purpose and minutes, in the order printed. There are twelve,
# and ten by the heading: ten people, two of whom had two.
AFTERCARE = (
    (6, "Kontakt med AF", 15),
    (1, "Kontakt med kommunen", 60),
    (6, "Kontakt med AF", None),
    (6, "Kontakt med kommunen", None),
    (6, "Kontakt med AF", None),
    (9, "Kontakt med AF", 60),
    (2, "Kontakt med kommunen", None),
    (1, "Kontakt med AF", 60),
    (1, "Kontakt med FK", None),
    (6, "Kontakt med AF", None),
    (3, "Kontakt med AF", 180),
    (6, "Övrig etc.", 30),
)
SUPPORTED = 10
# Uppföljning 6 månader efter avslut: calls made, and how many had support after closure.
FOLLOWED, FOLLOWED_SUPPORTED = 53, 5


class Person(NamedTuple):
    """A participant and the enrolment; `closes` is none while it goes on."""

    id: str
    age: int
    sex: str
    begins: date
    closes: date | None
    party: str
    unit: str | None = None
    education: str | None = None
    support: str | None = None
    livelihood: str | None = None


def referrers() -> dict[tuple[str, str | None], int]:
    """Return all referrers of those who started; what cannot be read is what is left over."""
    return {**REFERRERS, ("Region", None): STARTED - sum(REFERRERS.values())}


def files(folder: Path, *, all_measured: bool = False) -> Path:
    """Write the year into `folder`, and return it; with the steps of the 30, or of all 54."""
    new, carried, before = tuple(_new()), tuple(_carried()), tuple(_before())
    people = (*new, *carried, *before)
    write(folder, "förbund", "namn", [("Samordningsförbundet Västerås",)])
    heading = "insats_id namn typ uppföljning_månader maxtid_månader"
    write(folder, "insatser", heading, [("SOT", "Samordningsteam Västerås", "individ", "6|18", 12)])
    _write_people(folder, people)
    closed = [person for person in (*new, *carried) if person.closes]
    _write_situations(folder, new, before, closed, all_measured=all_measured)
    _write_ors(folder, closed)
    heading = "inskrivning_id månader samtycke datum utfall"
    calls = ((p.id, 6, "ja", _later(p.closes, 6), "svarade") for p in before)
    write(folder, "uppföljningar", heading, calls)
    extended = zip(closed, EXTENSIONS, strict=False)
    heading = "inskrivning_id datum månader försörjning orsak"
    rows = ((p.id, "2022-05-01", *extension, "Arbetsträning") for p, extension in extended)
    write(folder, "förlängningar", heading, rows)
    _write_aftercare(folder, before, closed)
    return folder


def _spread(counts: Iterable[tuple[T, int]]) -> Iterator[T]:
    """Yield each thing as often as it is counted."""
    for thing, number in counts:
        for _ in range(number):
            yield thing


def _new() -> Iterator[Person]:
    """Yield those who started in the year; some of them closed in it, too."""
    studied = [
        (sex, education)
        for education, (women, men) in EDUCATION.items()
        for sex in ("kvinna",) * women + ("man",) * men
    ]
    told = zip(
        studied,
        _spread((age, number) for age, number in AGES.items()),
        _spread(zip(SUPPORT_LABELS, SUPPORT, strict=True)),
        _spread(referrers().items()),
        strict=True,
    )
    for place, ((sex, education), age, support, (party, unit)) in enumerate(told):
        begins = date(2022, 1, 10) + timedelta(days=place)
        closes = date(2022, 9, 1) + timedelta(days=place) if place < CLOSED // 3 else None
        livelihood = "aktivitetsersättning" if place < YOUNG else "försörjningsstöd"
        yield Person(
            f"N{place}", age, sex, begins, closes, party, unit, education, support, livelihood
        )


def _carried() -> Iterator[Person]:
    """Yield those who had started before the year, and took part in it."""
    closing = CLOSED - CLOSED // 3
    for place in range(PARTICIPATED - STARTED):
        closes = date(2022, 7, 1) + timedelta(days=place) if place < closing else None
        begins = date(2021, 8, 1) + timedelta(days=place)
        yield Person(f"K{place}", 40, "kvinna", begins, closes, "Försäkringskassan")


def _before() -> Iterator[Person]:
    """Yield those who closed half a year before they were called in the year."""
    for place in range(FOLLOWED):
        begins, closes = (day + timedelta(days=place) for day in (date(2020, 9, 1), FIRST_CLOSED))
        yield Person(f"F{place}", 40, "man", begins, closes, "Arbetsförmedlingen")


def _write_people(folder: Path, people: Iterable[Person]) -> None:
    every = list(people)
    heading = "deltagare_id registrering födelsedatum kön"
    born = [(p.id, "person", f"{p.begins.year - p.age}-01-01", p.sex) for p in every]
    others = [(f"E{n}", "person", "1980-01-01", "kvinna") for n in range(NON_STARTS)]
    write(folder, "deltagare", heading, born + others)
    heading = "aktualisering_id deltagare_id insats_id datum part enhet utfall orsak timmar"
    reasons = [REASONS[n % len(REASONS)] for n in range(NON_STARTS)]
    referred = [(p.id, p.id, "SOT", p.begins, p.party, p.unit, "start", None, None) for p in every]
    lost = [
        (f"E{n}", f"E{n}", "SOT", "2022-03-01", "Region", None, "ej start", reason, hours)
        for n, (reason, hours) in enumerate(zip(reasons, _hours(), strict=True))
    ]
    write(folder, "aktualiseringar", heading, [*referred, *lost])
    onward = iter(["förstärkt samarbete AF–FK"] * ENHANCED + ["annan"] * (ONWARD - ENHANCED))
    heading = (
        "inskrivning_id deltagare_id insats_id aktualisering_id start utbildning "
        "tid_i_försörjning slut avslutsanledning ordinarie_insats förstärkt_samarbete"
    )
    rows = []
    for p in every:
        closing: tuple[object, ...] = (None, None, None, None)
        if p.closes:
            service = next(onward, "ingen") if p.closes.year == YEAR else None
            enhanced = "ja" if service and service.startswith("förstärkt") else "nej"
            closing = (p.closes, "utskrivning", service, enhanced)
        rows.append((p.id, p.id, "SOT", p.id, p.begins, p.education, p.support, *closing))
    write(folder, "inskrivningar", heading, rows)


def _hours() -> list[float]:
    """Return hours of each referral: the least, the most, and between them what makes the sum."""
    others = NON_STARTS - 2
    between = HOURS - LEAST - MOST
    usual = between // others
    more = int(between - usual * others)
    return [LEAST, MOST, *[usual + 1] * more, *[usual] * (others - more)]


def _write_situations(
    folder: Path,
    new: Iterable[Person],
    before: Iterable[Person],
    closed: list[Person],
    *,
    all_measured: bool,
) -> None:
    """Write who lives on what at the start, the steps, and what was told on the telephone."""
    pairs = [*_spread(MEASURED.items()), *_spread(OTHERS.items())]
    measured = CLOSED if all_measured else sum(MEASURED.values())
    began = {p.id: start for p, (start, _) in zip(closed, pairs, strict=True)}
    every = {p.id: p for p in (*new, *closed)}.values()
    rows: list[tuple[object, ...]] = [
        (p.id, "start", p.begins, began.get(p.id), p.livelihood, None) for p in every
    ]
    rows += [
        (p.id, "avslut", p.closes, end, None, None)
        for p, (_, end) in zip(closed[:measured], pairs, strict=False)
    ]
    for p in before:
        rows += [
            (p.id, "start", p.begins, INTRO, None, "Ekonomiskt bistånd"),
            (p.id, "avslut", p.closes, GOING, None, "Arbetsförmedlingen"),
            (p.id, "6", _later(p.closes, 6), JOB, None, "Arbetsförmedlingen"),
        ]
    heading = "inskrivning_id tillfälle datum steg försörjning ansvarig_part"
    write(folder, "lägen", heading, rows)


def _write_ors(folder: Path, closed: list[Person]) -> None:
    pairs: list[tuple[float, float | None]] = [*ORS_PAIRS, *((s, None) for s in ORS_OTHERS)]
    rows: list[tuple[object, ...]] = []
    for person, (start, end) in zip(closed, pairs, strict=False):
        rows.append((person.id, "start", person.begins, start))
        if end is not None:
            rows.append((person.id, "avslut", person.closes, end))
    write(folder, "ors", "inskrivning_id tillfälle datum summa", rows)


def _write_aftercare(folder: Path, before: tuple[Person, ...], closed: list[Person]) -> None:
    """Write the contacts: the early ones of this year's closed, the others of last year's."""
    own, earlier = iter(closed), count()
    rows = []
    for months, purpose, minutes in AFTERCARE:
        person = next(own) if months < 6 else before[next(earlier) % FOLLOWED_SUPPORTED]
        rows.append((person.id, "2022-12-15", months, purpose, minutes, "Samtal", "Tryggare"))
    heading = "inskrivning_id datum månader_efter syfte minuter kommentar resultat"
    write(folder, "punktinsatser", heading, rows)


def _later(day: date | None, months: int) -> date:
    assert day
    return add_months(day, months)

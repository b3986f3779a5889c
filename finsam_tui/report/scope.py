"""What the sections of one report share: its period, its filters, whom it counts, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from finsam_tui.domain import follow_up, gaps, ors
from finsam_tui.domain.dates import ADULT
from finsam_tui.report.model import Base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from finsam_tui.domain.periods import Period
    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.filters import Filters

POPULATIONS = ("participated", "started", "closed", "ongoing")
# What counts all of them, and what counts one by itself in less time.
ALL = "report_population"
ALONE = {
    "participated": "report_took_part",
    "started": "report_started",
    "closed": "report_ended",
}
ANONYMOUS = "anonymous"
_SEXES = {"woman": "women", "man": "men"}


class Record(Protocol):
    """A row of a query, by column name."""

    def __getitem__(self, column: str, /) -> Any: ...  # noqa: ANN401 - the query decides

    def __iter__(self) -> Iterator[Any]: ...


class After(NamedTuple):
    """A query about the calls due so many months after closure; by its name alone, about all."""

    query: str
    months: int


Query = str | After
# The rows of a section's queries.
Rows = Mapping[Query, Sequence[Record]]


YEARS = 4  # how many periods are compared, this one the last


class Options(NamedTuple):
    """How a report tells what it tells: ages in bands of years, times in bands of months.

    An age band is its first and last age, both included; without a last one it is open.
    """

    age_bands: tuple[tuple[int, int | None], ...] = ((15, 29), (30, 44), (45, 59), (60, 74))
    month_band: int = 5


OPTIONS = Options()


class Scope(NamedTuple):
    """What a section is made for. `bases` are those of POPULATIONS.

    `years` are this period and those before it that it is compared with, the earliest first; in the
    queries they are :year1_first, :year1_last … :year4_last.
    """

    period: Period
    filters: Filters
    today: date
    codes: Codes
    reliable_change: float
    bases: Mapping[str, Base]
    years: tuple[Period, ...] = ()
    options: Options = OPTIONS


def years(period: Period) -> tuple[Period, ...]:
    """Return `period` and the three before it, the earliest first."""
    return tuple(period.beside(step) for step in range(1 - YEARS, 1))


def params(period: Period, filters: Filters, today: date, reliable_change: float) -> dict[str, Any]:
    """Return the parameters of every query of a report; each uses those it needs."""
    compared = {
        f"year{place}_{end}": getattr(year, end).isoformat()
        for place, year in enumerate(years(period), 1)
        for end in ("first", "last")
    }
    return {
        **filters.params(),
        **compared,
        "months": "",
        "year": period.last.year,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "today": today.isoformat(),
        "as_of": min(today, period.last).isoformat(),
        "settled": (today - timedelta(days=gaps.SETTLED)).isoformat(),
        "closes": follow_up.CLOSES,
        "adult": ADULT,
        "cut_off": ors.CUT_OFF,
        "cut_off_young": ors.CUT_OFF_YOUNG,
        "reliable_change": reliable_change,
    }


class Bases(Mapping[str, Base]):
    """The base of each population, counted when it is asked for: many sections have their own."""

    def __init__(self, rows: Rows, ask: Callable[[str], Sequence[Record]]) -> None:
        """Take the rows there are, and what asks one more query: ALL, or one of ALONE."""
        self._rows, self._ask = rows, ask
        self._known: dict[str, Base] = {}

    def __getitem__(self, population: str) -> Base:
        if population not in self._known:
            names = (population,) if population in ALONE else POPULATIONS
            rows = self._rows.get(ALL) or self._ask(ALONE.get(population, ALL))
            self._known.update(bases(rows, names))
        return self._known[population]

    def __iter__(self) -> Iterator[str]:
        return iter(POPULATIONS)

    def __len__(self) -> int:
        return len(POPULATIONS)


def bases(rows: Sequence[Record], names: Iterable[str]) -> dict[str, Base]:
    """Return the bases of the populations named, from rows that count them."""
    persons = [row for row in rows if row["registration"] != ANONYMOUS]
    anonymous = [row for row in rows if row["registration"] == ANONYMOUS]
    return {
        name: base(persons, name, f"{name}_unique", sum(row[name] for row in anonymous), of=name)
        for name in names
    }


def base(
    rows: Sequence[Record], enrolments: str, unique: str, anonymous: int = 0, *, of: str = ""
) -> Base:
    """Return the base that `rows`, each about one sex, add up to; two columns are named."""
    by_sex = dict.fromkeys(("women", "men", "other"), 0)
    for row in rows:
        by_sex[_SEXES.get(row["sex"], "other")] += row[enrolments]
    women, men, other = by_sex.values()
    persons = sum(row[unique] for row in rows)
    return Base(sum(by_sex.values()), persons, women, men, other, anonymous, of)

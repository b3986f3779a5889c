"""Who took part in each programme: persons, anonymous ones, and those counted without a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.model import Column
from finsam_tui.report.scope import ANONYMOUS
from finsam_tui.report.sections._common import ALL, Counts, by_sex, without
from finsam_tui.report.sections._volume import volume
from finsam_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from finsam_tui.report.model import Table
    from finsam_tui.report.scope import Record, Rows, Scope

QUERIES = ("report_programme_years", "report_sus_participants")

PARTS = (
    Column("persons", "Personer", of="participated"),
    Column("anonymous", "Anonyma", of="participated.anonymous"),
    Column("volume", "Volym", of="volume"),
)
TOTAL = Column("count", "Totalt", of="everybody", parts=tuple(part.key for part in PARTS))
VOLUME_NOTE = (
    "Volym är deltagare utan personuppgifter i volyminsatser: utfallet som angetts för "
    "kalenderåret, annars de rådgivande samtal i perioden som registrerats på insatsen."
)


class Programme(NamedTuple):
    """A programme; `budget` and `volume` are None where there is none, or it does not apply."""

    id: str
    name: str
    is_volume: bool = False
    budget: int | None = None
    persons: Counts = Counts()
    anonymous: int = 0
    volume: int | None = None

    @property
    def parts(self) -> tuple[int, ...]:
        """Those of each of PARTS."""
        return self.persons.all, self.anonymous, self.volume or 0

    @property
    def all(self) -> int:
        """Everybody who took part."""
        return sum(self.parts)


def programmes(rows: Rows, scope: Scope) -> list[Programme]:
    """Return the programmes that have participants or a budget, by name, those of volume last."""
    about = {row["programme"]: row for row in rows[QUERIES[0]]}
    persons, anonymous = (
        by_sex(
            (row for row in rows[QUERIES[1]] if (row["registration"] == ANONYMOUS) is hidden),
            "programme",
        )
        for hidden in (False, True)
    )
    found = [
        Programme(
            id,
            scope.codes.label("programme", id),
            bool(id in about and about[id]["volume"]),
            _budget(about.get(id), scope),
            persons.get(id, Counts()),
            anonymous.get(id, Counts()).all,
            volume(about[id], scope) if id in about else None,
        )
        for id in {**about, **persons, **anonymous}
    ]
    there = (p for p in found if p.all or p.budget)
    return sorted(there, key=lambda p: (p.is_volume, fold(p.name)))


def total(found: Sequence[Programme]) -> Programme:
    """Return all of them as one; what none of them has it has not either."""
    return Programme(
        ALL,
        "Totalt",
        budget=_sum(p.budget for p in found),
        persons=sum((p.persons for p in found), Counts()),
        anonymous=sum(p.anonymous for p in found),
        volume=_sum(p.volume for p in found),
    )


def without_empty(table: Table, all_: Programme) -> Table:
    """Return a table without its columns for those who are not there, by the total of all."""
    there = {"budget": all_.budget, "anonymous": all_.anonymous, "volume": all_.volume}
    gone = [key for key, count in there.items() if not count]
    return without(table, *gone, *(() if all_.persons.other else ("other",)))


def notes(rows: Rows, scope: Scope) -> tuple[str, ...]:
    """Return what there is to say of budgets and volume, where there are any."""
    counted = any(row["volume"] for row in rows[QUERIES[0]])
    if not counted and all(row["budget"] is None for row in rows[QUERIES[0]]):
        return ()
    if scope.filters.of_some:
        return ("Budget och volym gäller alla deltagare och visas inte för ett urval av dem.",)
    if not scope.period.is_year:
        return ("Budget och angivet utfall är per kalenderår och visas bara för ett helt sådant.",)
    return (VOLUME_NOTE,) if counted else ()


def _budget(about: Record | None, scope: Scope) -> int | None:
    if about is None or scope.filters.of_some or not scope.period.is_year:
        return None
    return _int(about["budget"])


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None

"""Associations: what each has published of the year, and the own one as the register has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Base, Column, Parting, Row, Section, Table, Told
from finsam_tui.report.sections._common import GROUP, without
from finsam_tui.report.sections.siffror import _volume
from finsam_tui.report.sections.siffror._parts import WHOLE
from finsam_tui.report.sections.siffror._published import (
    FIGURES,
    of_level,
    published,
    same,
    sum_known,
    sums,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from finsam_tui.report.scope import Record, Rows, Scope

    Figures = Mapping[str, int | None]

TITLE = "Jämförelse mellan förbund"
QUERIES = (
    "report_population",
    "report_siffror_comparison",
    "report_siffror_participants",
    "report_programme_years",
)

LEVEL = "association"
_COUNTY = "county"
_COLUMNS = (
    GROUP,
    Column("published", "Redovisat", "number"),
    Column("counted", "Räknat i registret"),
)
# Figure → the population it counts, of those that count people.
_POPULATIONS = {
    "participants": "participated",
    "started": "started",
    "closed": "closed",
    "anonymous": "started.anonymous",
    "volume": "volume",
}


def section(rows: Rows, scope: Scope) -> Section:
    """Print the figures as entered, and below them those of one's own counted in the register.

    Only a whole year of everybody can be told beside what was published.
    """
    entered = rows["report_siffror_comparison"]
    lines = of_level(entered, LEVEL)
    own = next((line for line in lines if same(line["name"], line["own_association"])), None)
    year = scope.period.last.year
    comparable = scope.period.is_year and not any(scope.filters)
    counted = _counted(rows, scope) if comparable else None
    return Section(
        id="associations",
        title=TITLE,
        rule=f"Vad förbunden har redovisat för {year}, och därunder det egna räknat i registret.",
        base=Base(),
        tables=(*published("associations", lines), *_own(own, counted)),
        sentences=_sentences(own),
        notes=() if lines else (f"Inga jämförelsetal för förbund är inlagda för {year}.",),
        warnings=(*_partings(own, counted), *_county_partings(entered, own)),
    )


def _counted(rows: Rows, scope: Scope) -> Figures:
    """Return the figures of one's own association as the register has them."""
    years = rows["report_programme_years"]
    # First those who took part: the others are counted with them.
    taken, started, closed = (scope.bases[of] for of in ("participated", "started", "closed"))
    used = {row["programme"] for row in rows["report_siffror_participants"]} | {
        row["programme"]
        for row in years
        if any(row[key] is not None for key in ("budget", "actual", "calls"))
    }
    return {
        "programmes": len(used),
        "budget_participants": sum_known(y["budget"] for y in years if not y["volume"]),
        "participants": taken.enrolments,
        "started": started.enrolments,
        "closed": closed.enrolments,
        "anonymous": started.anonymous,
        "budget_volume": sum_known(y["budget"] for y in years if y["volume"]),
        "volume": _volume.counted(years, scope).get(WHOLE),
    }


def _own(own: Record | None, counted: Figures | None) -> Iterator[Table]:
    """Yield one's own figures as published and as counted."""
    if counted is None:
        return
    lines = [
        Row(key, (label, own[key] if own else None, counted[key]), of=_POPULATIONS.get(key, ""))
        for key, label in FIGURES.items()
    ]
    table = Table("own", _COLUMNS, tuple(lines), title="Det egna förbundet")
    yield table if own else without(table, "published")


def _sentences(own: Record | None) -> tuple[Told, ...]:
    if own is None:
        return ()
    words = (
        "{group} hade {participants} av de {all.participants} deltagarna, {started} av de "
        "{all.started} nya och {closed} av de {all.closed} avslutade."
    )
    return (Told(words, "associations", own["name"]),)


def _partings(own: Record | None, counted: Figures | None) -> Iterator[Parting]:
    """Yield where what one has published is not what the register says."""
    if own is not None and counted is not None:
        yield from _parted(own, "redovisat av förbundet", counted, "räknat i registret")


def _county_partings(entered: Sequence[Record], own: Record | None) -> Iterator[Parting]:
    """Yield where the own county's line is not what its associations add up to.

    Without the own one among them, they are not all there.
    """
    if own is None:
        return
    together = sums(of_level(entered, LEVEL))
    for line in of_level(entered, _COUNTY):
        if same(line["name"], line["own_county"]):
            yield from _parted(line, "redovisat av länet", together, "förbunden tillsammans")


def _parted(one: Figures | Record, rule: str, other: Figures, other_rule: str) -> Iterator[Parting]:
    for key, label in FIGURES.items():
        first, second = one[key], other[key]
        if first is not None and second is not None and first != second:
            yield Parting(label, first, rule, second, other_rule)

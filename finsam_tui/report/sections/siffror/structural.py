"""Structural programmes: whom they were to reach and did, by the year's figure and their days'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Base, Column, Parting, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, GROUP, without
from finsam_tui.report.sections.siffror._parts import programme_names
from finsam_tui.report.sections.siffror._published import sum_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Strukturövergripande insatser"
QUERIES = ("report_siffror_structural",)

_FIGURES = ("budget", "actual", "attendees", "undated", "before")


def section(rows: Rows, scope: Scope) -> Section:
    """Print budget and actual of the year beside what the days of the period add up to."""
    by_id = {row["programme"]: row for row in rows["report_siffror_structural"]}
    names = programme_names(scope.codes, by_id)
    found = [by_id[programme] for programme in names]
    year = scope.period.last.year
    return Section(
        id="structural",
        title=TITLE,
        rule=f"Budget och utfall för {year} enligt insatsens år; dagarnas deltagare i perioden.",
        base=Base(),
        tables=(_table(found, names, year),) if found else (),
        sentences=_sentences(found, year),
        notes=tuple(_notes(found, scope)),
        warnings=tuple(_partings(found, names)) if scope.period.is_year else (),
    )


def _sentences(rows: Sequence[Record], year: int) -> tuple[Told, ...]:
    known = {key for key in _FIGURES if any(row[key] for row in rows)}
    told = {
        "actual": "Insatserna hade {actual} deltagare; budgeten var {budget}.",
        "attendees": "Dagarna i perioden hade {attendees} deltagare.",
        "before": f"Året före, {year - 1}, var deltagarna {{before}}.",
    }
    return tuple(Told(words, "structural") for key, words in told.items() if key in known)


def _table(rows: Sequence[Record], names: dict[str, str], year: int) -> Table:
    labels = {
        "budget": "Budget",
        "actual": "Utfall",
        "attendees": "Dagarna",
        "undated": "Dagar utan datum",
        "before": f"Utfall {year - 1}",
    }
    columns = (
        GROUP,
        *(Column(key, label, "number") for key, label in labels.items()),
        Column("volume", "Volym", "text"),
    )
    lines = tuple(
        Row(
            row["programme"],
            (names[row["programme"]], *_cells(row), "Ja" if row["volume"] else "Nej"),
        )
        for row in rows
    )
    sums = [sum_known(row[key] for row in rows) for key in _FIGURES]
    table = Table("structural", columns, lines, total=Row(ALL, ("Totalt", *sums, None)), adds=True)
    known = dict(zip(_FIGURES, sums, strict=True))
    return without(table, *(key for key in ("attendees", "undated", "before") if not known[key]))


def _cells(row: Record) -> tuple[Cell, ...]:
    return tuple(row[key] for key in _FIGURES)


def _notes(rows: Sequence[Record], scope: Scope) -> Iterator[str]:
    if not rows:
        yield "Inga strukturövergripande insatser pågick i perioden."
    if any(row["undated"] for row in rows):
        yield "Dagar utan datum räknas inte till något år."
    if scope.filters.of_some:
        yield "Siffrorna gäller inga registrerade personer och följer bara insatsen."


def _partings(rows: Sequence[Record], names: dict[str, str]) -> Iterator[Parting]:
    for row in rows:
        year, days = row["actual"], row["attendees"]
        if None not in (year, days) and year != days:
            yield Parting(
                names[row["programme"]],
                year,
                "utfall enligt insatsens år",
                days,
                "dagarnas deltagare",
            )

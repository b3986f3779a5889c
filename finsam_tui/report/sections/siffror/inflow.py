"""Inflow: per home municipality, who was there when the period began and who is new in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Column, Section, Told
from finsam_tui.report.scope import ANONYMOUS
from finsam_tui.report.sections._common import GROUP, check
from finsam_tui.report.sections.siffror._parts import (
    WHOLE,
    added,
    by_place,
    parts,
    place_table,
    places,
)

if TYPE_CHECKING:
    from finsam_tui.domain.periods import Period
    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Rows, Scope
    from finsam_tui.report.sections.siffror._parts import Figures

TITLE = "Inflöde"
QUERIES = ("report_siffror_participants", "report_municipality")

_SENTENCE = Told(
    "Av {all|inskrivning|inskrivningar} var {carried} kvar från tidigare och {started|ny|nya}.",
    "inflow",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell for all programmes and for each how many were carried over, and how many started."""
    base = scope.bases["participated"]
    known = [r for r in rows["report_siffror_participants"] if r["registration"] != ANONYMOUS]
    counts = by_place(known, "carried", "started")
    homes = places(rows["report_municipality"])
    sums = added(counts[WHOLE])
    columns = _columns(scope.period)
    return Section(
        id="inflow",
        title=TITLE,
        rule="Deltog i perioden: de som var inskrivna redan före den, och de som startade i den.",
        base=base,
        tables=tuple(
            place_table(
                part, "inflow", columns, counts[part.programme], homes, cells=_cells, of=base.of
            )
            for part in parts(scope.codes, counts)
        ),
        sentences=(_SENTENCE,) if base.enrolments else (),
        warnings=(
            *check([sums["carried"], sums["started"]], base, "Inflödet"),
            *check([sums["started"]], scope.bases["started"], "Nya i inflödet"),
        ),
        charts=(Chart("inflow", ("carried", "started"), "columns", TITLE),),
    )


def _columns(period: Period) -> tuple[Column, ...]:
    year = period.last.year
    labels = (f"Kvar från {year - 1}", f"Nya {year}") if period.is_year else ("Kvar", "Nya")
    before, now = labels
    return (
        GROUP,
        Column("carried", before, of="carried"),
        Column("started", now, of="started"),
        Column("all", "Summa", parts=("carried", "started")),
    )


def _cells(_key: str, figures: Figures) -> tuple[Cell, ...]:
    return figures["carried"], figures["started"], figures["carried"] + figures["started"]

"""Home municipality: where those who took part live, beside where the population lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table
from finsam_tui.report.scope import ANONYMOUS
from finsam_tui.report.sections._common import COUNT, GROUP, SHARE, check, missing
from finsam_tui.text import alphabetic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Hemkommun"
QUERIES = ("report_municipality", "report_population")

_COLUMNS = (GROUP, COUNT, SHARE, Column("population_share", "Befolkn.", "share"))


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who took part; every municipality of the association has a row."""
    base = scope.bases["participated"]
    counts = _counts(rows["report_population"])
    unknown = counts.pop(None, 0)
    known = sum(counts.values())
    homes = sorted(rows["report_municipality"], key=lambda home: alphabetic(home["name"]))
    lines = tuple(_row(home, counts.get(home["id"], 0), known) for home in homes)
    return Section(
        id="municipality",
        title=TITLE,
        rule="Deltog i perioden; kommunens andel av befolkningen bredvid.",
        base=base,
        tables=(
            Table(
                "municipality",
                _COLUMNS,
                (*lines, missing(unknown, None, None)),
                of=base.of,
                by="municipality",
                adds=True,
            ),
        ),
        warnings=check([known, unknown], base, "Kommunerna"),
    )


def _counts(population: Sequence[Record]) -> dict[str | None, int]:
    """Return the enrolments of those who live in each municipality."""
    counts: dict[str | None, int] = {}
    for row in population:
        if row["registration"] != ANONYMOUS:
            home = row["municipality"]
            counts[home] = counts.get(home, 0) + row["participated"]
    return counts


def _row(home: Record, count: int, known: int) -> Row:
    cells = (home["name"], count, share(count, known), home["share"])
    # A place to stay is no part of the association's population.
    return Row(home["id"], cells, rare=home["share"] is None)

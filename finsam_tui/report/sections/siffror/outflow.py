"""Outflow: per home municipality, who closed, who of them went onward, and who got compensation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Column, Section, Told
from finsam_tui.report.sections._common import GROUP, SHARE, check, without
from finsam_tui.report.sections.siffror._parts import (
    WHOLE,
    added,
    by_place,
    parts,
    place_table,
    places,
)

if TYPE_CHECKING:
    from finsam_tui.report.model import Cell, Table
    from finsam_tui.report.scope import Rows, Scope
    from finsam_tui.report.sections.siffror._parts import ByPlace, Figures, Part, Place

TITLE = "Utflöde"
QUERIES = ("report_siffror_outflow", "report_municipality")

_COLUMNS = (
    GROUP,
    Column("closed", "Avslutade"),
    Column("onward", "Vidare", within=("onward",)),
    SHARE._replace(made_of=("onward", "closed")),
    Column("granted", "Ersättning", within=("granted",)),
)
_GRANTED = (
    "Ersättning: har beviljats sjuk- eller aktivitetsersättning. Den som också har gått vidare "
    "står i båda kolumnerna."
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell for all programmes and for each how many closed and how many of them went onward."""
    base = scope.bases["closed"]
    counts = by_place(rows["report_siffror_outflow"], "closed", "onward", "granted")
    homes = places(rows["report_municipality"])
    sums = added(counts[WHOLE])
    return Section(
        id="outflow",
        title=TITLE,
        rule="Avslutade i perioden. Vidare: minst ett resultat som räknas som ett steg framåt.",
        base=base,
        tables=tuple(
            _table(part, counts[part.programme], homes, base.of)
            for part in parts(scope.codes, counts)
        ),
        sentences=(
            Told(
                "Av {closed|avslutad|avslutade} har {onward} ({share}) gått vidare.",
                "outflow",
            ),
        ),
        notes=(_GRANTED,) if sums["granted"] else (),
        warnings=check([sums["closed"]], base, "Utflödet"),
        charts=(Chart("outflow", ("closed", "onward"), "columns", TITLE),),
    )


def _table(part: Part, counts: ByPlace, homes: tuple[Place, ...], of: str) -> Table:
    table = place_table(part, "outflow", _COLUMNS, counts, homes, cells=_cells, of=of)
    return table if added(counts)["granted"] else without(table, "granted")


def _cells(_key: str, figures: Figures) -> tuple[Cell, ...]:
    closed, onward = figures["closed"], figures["onward"]
    return closed, onward, share(onward, closed), figures["granted"]

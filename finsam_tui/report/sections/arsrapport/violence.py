"""Violence: how many new participants were asked, and were exposed, now and in years before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections import violence as screening
from finsam_tui.report.sections._common import GROUP, SHARE, texts
from finsam_tui.report.sections.arsrapport._periods import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Ökad upptäckt av våld"
QUERIES = ("report_texts", "report_violence", "report_arsrapport_violence")
PARTS = ("violence",)

_YEARS = (
    GROUP,
    Column("told", "Svar", within=("told",)),
    Column("exposed", "Utsatta", within=("told", "exposed")),
    SHARE._replace(made_of=("exposed", "told")),
    Column("any_yes", "Något ja", within=("any_yes",)),
    Column("any_yes_share", "Andel", "share", made_of=("any_yes", "told")),
)
_NOBODY = dict.fromkeys(("told", "exposed", "any_told", "any_yes"), 0)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell of the screening as everywhere, and how many were exposed in the compared periods."""
    passages, notes = texts(rows, scope, *PARTS)
    now = screening.section(rows, scope)
    return now._replace(
        title=TITLE,
        rule="Startade i perioden. Utsatta: ja på någon fråga om egen utsatthet. Något ja: ja på "
        "någon av alla frågor. Andelar av svaren.",
        tables=(_years(rows, scope), *now.tables),
        sentences=(
            *now.sentences,
            Told("Ja på någon av frågorna svarade {count} ({share}).", "any_yes", "any_yes"),
        ),
        notes=(*now.notes, *notes),
        charts=(Chart("years", ("share",), title="Utsatta för våld, andel av svaren"),),
        texts=passages,
    )


def _years(rows: Rows, scope: Scope) -> Table:
    found = {int(row["place"]): row for row in rows["report_arsrapport_violence"]}
    now, *before = (
        Row(key(period), (period.label, *_cells(found.get(place, _NOBODY))), rare=True)
        for place, period in reversed(list(enumerate(scope.years, 1)))
    )
    others = (
        Row(whom, (whom.capitalize(), None, None, figure, None, None))
        for whom, figure in screening.REFERENCES
    )
    return Table(
        "years", _YEARS, (now._replace(of="started"), *before, *others), of="started", by="year"
    )


def _cells(counts: Record | Mapping[str, int]) -> tuple[int | float | None, ...]:
    told, exposed = counts["told"], counts["exposed"]
    return told, exposed, share(exposed, told), *screening.any_yes(counts)

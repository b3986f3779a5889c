"""Gaps: what should have been done for those in the period, and is not registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.gaps import SETTLED
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import GROUP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.report.scope import Rows, Scope

TITLE = "Luckor"
QUERIES = ("report_gaps", "report_overdue")

# Gap → (what is missing, the column of those it is counted among).
_GAPS = {
    "screening": ("Startade utan screening", "started"),
    "ors_start": ("Startade utan ORS", "started"),
    "ors_closure": ("Avslutade utan ORS", "closed"),
    "plan": ("Pågående utan aktuell plan", "ongoing"),
    "overdue": ("Försenade uppföljningar", "due"),
}
_COUNTED = ("screening", "ors_start", "ors_closure", "plan", "started", "closed", "ongoing")
_TOLD = {
    "screening": "våldsscreening för {screening.count}",
    "ors_start": "ORS vid start för {ors_start.count}",
    "ors_closure": "ORS vid avslut för {ors_closure.count}",
    "plan": "plan för {plan.count}",
    "overdue": "{overdue.count} samtal",
}
_COLUMNS = (GROUP, Column("count", "Antal"), Column("base", "Av"))


def section(rows: Rows, scope: Scope) -> Section:
    """Count each gap among those who should not have it; a reason for none is no gap."""
    counted = _counted(rows)
    lines = tuple(Row(gap, (name, counted[gap], counted[of])) for gap, (name, of) in _GAPS.items())
    return Section(
        id="gaps",
        title=TITLE,
        rule=f"Deltog i perioden; nya efter {SETTLED} dagar.",
        base=scope.bases["participated"],
        tables=(Table("gaps", _COLUMNS, lines),),
        sentences=(_sentence(counted),),
    )


def _counted(rows: Rows) -> dict[str, int]:
    """Return the gaps, and those they are counted among, by name."""
    (found,), (calls,) = (rows[query] for query in QUERIES)
    return {
        **{column: found[column] for column in _COUNTED},
        **{column: calls[column] for column in ("due", "overdue")},
    }


def _sentence(counted: Mapping[str, int]) -> Told:
    found = [told for gap, told in _TOLD.items() if counted[gap]]
    if not found:
        return Told("Inga luckor: screening, ORS, planer och uppföljningar är på plats.", "gaps")
    return Told(f"Saknas: {', '.join(found)}.", "gaps")

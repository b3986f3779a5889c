"""Gaps: what should have been done for those in the period, and is not registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Column, Row, Section, Table
from finsam_tui.report.sections._common import GROUP
from finsam_tui.storage.today import SETTLED
from finsam_tui.text import number

if TYPE_CHECKING:
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Luckor"
QUERIES = ("report_gaps",)

# Gap → (what is missing, the column of those it is counted among).
_GAPS = {
    "screening": ("Startade utan screening", "started"),
    "ors_start": ("Startade utan ORS", "started"),
    "ors_closure": ("Avslutade utan ORS", "closed"),
    "plan": ("Pågående utan aktuell plan", "ongoing"),
    "overdue": ("Försenade uppföljningar", "due"),
}
_TOLD = {
    "screening": "våldsscreening för {}",
    "ors_start": "ORS vid start för {}",
    "ors_closure": "ORS vid avslut för {}",
    "plan": "plan för {}",
    "overdue": "{} samtal",
}
_COLUMNS = (GROUP, Column("count", "Antal"), Column("base", "Av"))


def section(rows: Rows, scope: Scope) -> Section:
    """Count each gap among those who should not have it; a reason for none is no gap."""
    (counted,) = rows["report_gaps"]
    lines = tuple(Row(gap, (name, counted[gap], counted[of])) for gap, (name, of) in _GAPS.items())
    return Section(
        id="gaps",
        title=TITLE,
        rule=f"Deltog i perioden, efter {SETTLED} dagar.",
        base=scope.bases["participated"],
        tables=(Table("gaps", _COLUMNS, lines),),
        sentences=(_sentence(counted),),
    )


def _sentence(counted: Record) -> str:
    found = [told.format(number(counted[gap])) for gap, told in _TOLD.items() if counted[gap]]
    if not found:
        return "Inga luckor: screening, ORS, planer och uppföljningar är på plats."
    return f"Saknas: {', '.join(found)}."

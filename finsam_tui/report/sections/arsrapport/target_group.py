"""The target group: whom the programmes are for, in words, and how old those are who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart
from finsam_tui.report.sections._common import texts
from finsam_tui.report.sections.arsrapport._ages import ages
from finsam_tui.report.sections.arsrapport._written import of_main

if TYPE_CHECKING:
    from finsam_tui.report.model import Section
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Målgruppen"
QUERIES = ("report_texts", "report_arsrapport_programmes", "report_arsrapport_age")
PARTS = ("target_group",)


def section(rows: Rows, scope: Scope) -> Section:
    """Print what is written, or what the programme says of itself, above the ages."""
    passages, notes = texts(rows, scope, *PARTS)
    found = ages(rows["report_arsrapport_age"], scope, scope.bases["participated"])
    return found._replace(
        id="target_group",
        title=TITLE,
        rule="Deltog i perioden. Ålder i hela år vid start.",
        notes=notes,
        charts=(Chart("age", ("count",), title="Antal efter ålder vid start"),),
        texts=passages or of_main(rows, "target_group"),
    )

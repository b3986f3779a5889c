"""Deviations: what did not go as planned in the year, of the whole and of each programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Base, Passage, Section
from finsam_tui.report.sections._common import texts

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Avvikelser"
QUERIES = ("report_texts", "report_arsrapport_deviations")
PARTS = ("deviations",)


def section(rows: Rows, scope: Scope) -> Section:
    """Print what is written of the year, and what is noted of each programme's year."""
    passages, notes = texts(rows, scope, *PARTS)
    noted = tuple(
        Passage("deviations", row["name"], row["deviations"])
        for row in rows["report_arsrapport_deviations"]
    )
    return Section(
        id="deviations",
        title=TITLE,
        rule="Text för året, och avvikelser ur insatsernas underlag.",
        base=Base(),
        texts=(*passages, *noted),
        notes=notes,
    )

"""The organisation, and what was done to be known and to know: texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Base, Section
from finsam_tui.report.sections._common import texts

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Organisation"
QUERIES = ("report_texts",)
PARTS = ("organisation", "outreach")


def section(rows: Rows, scope: Scope) -> Section:
    """Print what is written of it; nobody is counted."""
    passages, notes = texts(rows, scope, *PARTS)
    return Section(
        id="organisation",
        title=TITLE,
        rule="Text för året.",
        base=Base(),
        texts=passages,
        notes=notes,
    )

"""The follow-up 6 months after closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.sections.helarsrapport import _followup

if TYPE_CHECKING:
    from finsam_tui.report.model import Section
    from finsam_tui.report.scope import Rows, Scope

MONTHS = 6
TITLE = _followup.title(MONTHS)
QUERIES = _followup.queries(MONTHS)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell of the calls due 6 months after closure."""
    return _followup.section(rows, scope, MONTHS)

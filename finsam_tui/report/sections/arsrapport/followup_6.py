"""Follow-up six months after closure: who answered, each loss, the step kept and further steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.sections._common import texts
from finsam_tui.report.sections.helarsrapport import _followup

if TYPE_CHECKING:
    from finsam_tui.report.model import Section
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Uppföljning sex månader efter avslut"
QUERIES = ("report_texts", *_followup.called(6))
PARTS = ("followup",)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell of the calls what the annual report tells; how those who answered live is another's."""
    passages, notes = texts(rows, scope, *PARTS)
    made = _followup.response(rows, scope, 6)
    return made._replace(
        id="followup_6",
        title=TITLE,
        notes=(*made.notes, *notes),
        texts=passages,
    )

"""Closure reasons of those who closed, one each, by sex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.sections._common import (
    MISSING_KEY,
    Counts,
    by_sex,
    check,
    code_names,
    sex_table,
)

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Avslutsanledningar"
QUERIES = ("report_sus_closed",)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who closed; "uppgift saknas" is no reason but the lack of one."""
    base = scope.bases["closed"]
    counts = by_sex(rows["report_sus_closed"], "closure_reason")
    counts[None] = counts.pop(MISSING_KEY, Counts()) + counts.get(None, Counts())
    names = code_names(scope.codes, "closure_reason", counts)
    names.pop(MISSING_KEY, None)
    known = {key: c.all for key, c in counts.items() if key is not None}
    largest = max(known, key=lambda key: known[key], default="")
    return Section(
        id="closure_reason",
        title=TITLE,
        rule="Avslutade i perioden. En anledning för varje avslut.",
        base=base,
        tables=(sex_table("closure_reason", counts, names, of=base.of, by="reason"),),
        sentences=(Told("Vanligast är {group}: {count} ({share}).", "closure_reason", largest),),
        warnings=check((c.all for c in counts.values()), base, "Anledningarna"),
        charts=(Chart("closure_reason", ("women", "men")),),
    )

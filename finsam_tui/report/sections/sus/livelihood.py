"""Livelihood before and after of those who closed, in shares of all livelihoods, as SUS did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.sections._common import MISSING_KEY, MISSING_LABEL, code_names
from finsam_tui.report.sections.sus._before_after import Line, table

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Försörjning före och efter insats"
QUERIES = ("report_sus_livelihood",)

_OCCASIONS = ("start", "closure")
_NOTES = (
    "En deltagare kan ha flera försörjningar; slutsumman är försörjningar, inte deltagare.",
    "Andelarna är av slutsumman, med dem utan uppgift inräknade: så räknade SUS.",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count the livelihoods that each had at start and at closure."""
    base = scope.bases["closed"]
    found = {(row["occasion"], row["livelihood"]): row["enrolments"] for row in rows[QUERIES[0]]}
    names = code_names(scope.codes, "livelihood", {key for _, key in found})
    lines = [
        Line(key, name, found.get(("start", key), 0), found.get(("closure", key), 0), rare=True)
        for key, name in names.items()
    ]
    before, after = (found.get((occasion, None), 0) for occasion in _OCCASIONS)
    unknown = Line(MISSING_KEY, MISSING_LABEL, before, after, rare=True)
    whole = (sum(ln.before or 0 for ln in lines) + before, sum(ln.after for ln in lines) + after)
    largest = max(lines, key=lambda line: line.before or 0).key
    return Section(
        id="livelihood",
        title=TITLE,
        rule="Avslutade i perioden; försörjning vid start och vid avslut.",
        base=base,
        tables=(
            table("livelihood", (*lines, unknown), whole, by="livelihood")._replace(adds=True),
        ),
        sentences=(
            Told(
                "Vanligast före insatsen är {group}: {before} ({share_before}), efter den {after} "
                "({share_after}).",
                "livelihood",
                largest,
            ),
        ),
        notes=_NOTES,
        charts=(Chart("livelihood", ("before", "after")),),
    )

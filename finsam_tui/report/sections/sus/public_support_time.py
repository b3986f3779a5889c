"""Time in public support before the programme, of those who started, by sex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.sections._common import by_sex, check, code_names, sex_table

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Tid i offentlig försörjning före insats"
QUERIES = ("report_sus_started",)

LONGEST = "more"


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who started over the years; those it does not apply to are an answer."""
    base = scope.bases["started"]
    counts = by_sex(rows["report_sus_started"], "public_support_time")
    names = code_names(scope.codes, "public_support_time", counts)
    table = sex_table("public_support_time", counts, names, of=base.of, by="public_support_time")
    return Section(
        id="public_support_time",
        title=TITLE,
        rule="Startade i perioden. Sammanlagd tid före insatsen.",
        base=base,
        tables=(table,),
        sentences=(
            Told(
                "{group} i offentlig försörjning före insatsen: {count} ({share}).",
                "public_support_time",
                LONGEST,
            ),
        ),
        warnings=check((c.all for c in counts.values()), base, "Tiderna i försörjning"),
        charts=(Chart("public_support_time", ("count",)),),
    )

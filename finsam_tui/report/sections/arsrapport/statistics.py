"""Statistics: where those who took part live, beside where the population lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Section, Told
from finsam_tui.report.scope import ANONYMOUS
from finsam_tui.report.sections._common import check, texts
from finsam_tui.report.sections.arsrapport._places import homes, place_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.report.scope import Rows, Scope

TITLE = "Statistik: deltagare per kommun"
QUERIES = ("report_texts", "report_municipality", "report_population")
PARTS = ("statistics",)

_LARGEST = "Flest bor i {group}: {count} ({share}); där bor {population_share} av befolkningen."


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who took part; every municipality of the association has a row."""
    passages, notes = texts(rows, scope, *PARTS)
    base = scope.bases["participated"]
    counts = _counts(rows)
    places = homes(rows["report_municipality"])
    table = place_table("statistics", counts, places, of=base.of)
    return Section(
        id="statistics",
        title=TITLE,
        rule="Deltog i perioden, efter hemkommun. Kommunens storlek är dess andel av befolkningen.",
        base=base,
        tables=(table,),
        sentences=(Told(_LARGEST, table.id, _largest(counts)),),
        notes=notes,
        warnings=check(counts.values(), base, "Kommunerna"),
        texts=passages,
    )


def _counts(rows: Rows) -> dict[str | None, int]:
    """Return municipality, or None → enrolments of registered persons."""
    counts: dict[str | None, int] = {}
    for row in rows["report_population"]:
        if row["registration"] != ANONYMOUS:
            home = row["municipality"]
            counts[home] = counts.get(home, 0) + row["participated"]
    return counts


def _largest(counts: Mapping[str | None, int]) -> str:
    known = {home: count for home, count in counts.items() if home is not None}
    return max(known, key=lambda home: known[home], default="")

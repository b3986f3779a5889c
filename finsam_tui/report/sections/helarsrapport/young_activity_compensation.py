"""The young with activity compensation: how many of those who began had it and were under 30."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Section, Told
from finsam_tui.report.sections._common import by_sex, check, sex_table

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Unga med aktivitetsersättning"
QUERIES = ("report_helar_young",)

_STATES = {
    "young": "Aktivitetsersättning, under 30 år",
    "older": "Aktivitetsersättning, 30 år eller äldre",
    "without": "Annan försörjning",
}
SENTENCE = Told(
    "Av {all.count|startad|startade} var {young.count} ({young.share}) under 30 år och hade "
    "aktivitetsersättning.",
    "compensation",
)
OF_KNOWN = Told(
    "{young.count} av {all.count|startad|startade} var under 30 år och hade aktivitetsersättning: "
    "{young.share} av dem med uppgift.",
    "compensation",
)
_NOTES = (
    "Försörjningen antecknas vid start; ansökningar som inte ledde dit har ingen.",
    "Med flera försörjningar vid start räknas aktivitetsersättning före annan.",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who began by whether they had it at the start, and at what age."""
    base = scope.bases["started"]
    counts = by_sex(rows["report_helar_young"], "state")
    return Section(
        id="young_activity_compensation",
        title=TITLE,
        rule="Startade i perioden. Försörjning vid start, ålder i hela år då.",
        base=base,
        tables=(
            sex_table("compensation", counts, _STATES, of=base.of, by="activity_compensation"),
        ),
        sentences=(OF_KNOWN if None in counts else SENTENCE,),
        notes=_NOTES,
        warnings=check((c.all for c in counts.values()), base, "Försörjningarna"),
    )

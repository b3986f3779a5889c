"""Home: programmes by municipality; who is anonymous or counted without a person is in totals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.scope import ANONYMOUS
from finsam_tui.report.sections._common import ALL, COUNT, GROUP, MISSING_KEY, SHARE, check
from finsam_tui.report.sections._volume import partings
from finsam_tui.report.sections.siffror import _volume
from finsam_tui.report.sections.siffror._matrix import Everybody, matrix
from finsam_tui.report.sections.siffror._parts import (
    WHOLE,
    added,
    by_place,
    parts,
    place_table,
    places,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Cell, Table
    from finsam_tui.report.scope import Rows, Scope
    from finsam_tui.report.sections.siffror._parts import ByPlace, Figures, Part, Place

TITLE = "Hemvist"
QUERIES = ("report_siffror_participants", "report_programme_years", "report_municipality")

_COLUMNS = (GROUP, COUNT, SHARE)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell where those of each programme live, and how many they are with everybody counted."""
    base = scope.bases["participated"]
    everybody = _everybody(rows, scope)
    registered = everybody.registered
    homes = places(rows["report_municipality"])
    return Section(
        id="home",
        title=TITLE,
        rule="Deltog i perioden. I Totalt ingår även anonyma och volym, som räknas utan person.",
        base=base,
        tables=(
            matrix(everybody, homes, scope.codes, of=base.of),
            *(
                _table(part, registered[part.programme], homes, base.of)
                for part in parts(scope.codes, registered)
            ),
        ),
        sentences=_sentences(everybody),
        warnings=(
            *check([added(registered[WHOLE])["participated"]], base, "Hemvisten"),
            *partings(rows["report_programme_years"], scope),
        ),
        charts=(Chart("places", ("count",), title=TITLE),),
    )


def _everybody(rows: Rows, scope: Scope) -> Everybody:
    found = rows["report_siffror_participants"]
    anonymous: Counter[str | None] = Counter()
    for row in found:
        if row["registration"] == ANONYMOUS:
            anonymous[row["programme"]] += row["participated"]
            anonymous[WHOLE] += row["participated"]
    return Everybody(
        by_place([row for row in found if row["registration"] != ANONYMOUS], "participated"),
        anonymous,
        _volume.counted(rows["report_programme_years"], scope),
    )


def _table(part: Part, counts: ByPlace, homes: Sequence[Place], of: str) -> Table:
    """Return how those of a part are shared out; who has no municipality is in no share."""
    known = added({key: c for key, c in counts.items() if key is not None})["participated"]

    def cells(key: str, figures: Figures) -> tuple[Cell, ...]:
        count = figures["participated"]
        if key == MISSING_KEY:
            return count, None
        return count, share(known if key == ALL else count, known)

    return place_table(part, "places", _COLUMNS, counts, homes, cells=cells, of=of)


def _sentences(everybody: Everybody) -> tuple[Told, ...]:
    if not any(each.get(WHOLE) for each in everybody):
        return ()
    known = {key: c for key, c in everybody.registered[WHOLE].items() if key is not None}
    largest = max(known, key=lambda key: known[key]["participated"], default="")
    beside = {"anonymous": "{anonymous|anonym|anonyma}", "volume": "{volume} utan personuppgifter"}
    told = [
        "{base.enrolments|inskrivning|inskrivningar} med personuppgifter",
        *(words for name, words in beside.items() if getattr(everybody, name).get(WHOLE)),
    ]
    return (
        Told(f"Totalt {{total}}: {', '.join(told)}.", "home"),
        Told("Flest bor i {group}: {count} ({share}).", "places", largest),
    )

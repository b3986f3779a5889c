"""Where livelihoods went: those that each had at start against those at closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    GROUP,
    MISSING_KEY,
    MISSING_LABEL,
    code_names,
)
from finsam_tui.report.sections.sus._before_after import at_closure, at_start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Rows, Scope

    Flows = Mapping[tuple[str, str], int]

TITLE = "Försörjningsflöden"
QUERIES = ("report_sus_livelihood", "report_sus_livelihood_flow")


def section(rows: Rows, scope: Scope) -> Section:
    """Count those who closed once for each pair of a livelihood at start and one at closure."""
    base = scope.bases["closed"]
    singles, pairs = (rows[name] for name in QUERIES)
    once = {
        (row["occasion"], row["livelihood"] or MISSING_KEY): row["enrolments"] for row in singles
    }
    flows = {
        (row["at_start"] or MISSING_KEY, row["at_closure"] or MISSING_KEY): row["enrolments"]
        for row in pairs
    }
    used = {key for _, key in once} - {MISSING_KEY}
    names = {**code_names(scope.codes, "livelihood", used), MISSING_KEY: MISSING_LABEL}
    largest = max(names, key=lambda key: once.get(("start", key), 0))
    return Section(
        id="livelihood_flow",
        title=TITLE,
        rule="Avslutade i perioden. Rad: försörjning vid start; kolumn: vid avslut, med radens "
        "nummer.",
        base=base,
        tables=(_matrix(names, once, flows),),
        sentences=_sentences(largest),
        notes=("Den som har flera försörjningar räknas i varje rad och kolumn som de ger.",),
    )


def _matrix(names: Mapping[str, str], once: Flows, flows: Flows) -> Table:
    """Return a row and a column a livelihood; the columns are named by number, to have room."""
    numbers = {key: str(place) for place, key in enumerate(names, 1)}
    columns = (
        GROUP,
        Column("number", "Nr", "text"),
        Column("count", "Start", of=at_start("livelihood")),
        *(Column(_to(key), numbers[key], within=(f"closure={key}",)) for key in names),
    )

    def cells(key: str) -> tuple[Cell, ...]:
        return once.get(("start", key), 0), *(flows.get((key, to), 0) for to in names)

    lines = tuple(Row(key, (name, numbers[key], *cells(key))) for key, name in names.items())
    closure = (once.get(("closure", key), 0) for key in names)
    total = Row(ALL, ("Avslut", "", None, *closure), of=at_closure("livelihood"))
    return Table(
        "livelihood_flow", columns, lines, total=total, of="livelihood_flow", by="livelihood"
    )


def _to(key: str) -> str:
    return f"to_{key}"


def _sentences(largest: str) -> tuple[Told, ...]:
    if largest == MISSING_KEY:
        return ()
    words = "{group}: {count} vid start, {" + _to(largest) + "} av dem även vid avslut."
    return (Told(words, "livelihood_flow", largest),)

"""Support: what kinds of it were given in the assignment mapping, and to how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report import scope as scopes
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    GROUP,
    MISSING_KEY,
    SHARE,
    code_names,
    missing,
    some,
    texts,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Stöd inom kartläggning och myndighetsstöd"
QUERIES = ("report_texts", "report_arsrapport_support")
PARTS = ("support",)

_ALL, _ANY = "all", "any"  # beside the kinds of support: everybody, and those with any
_COLUMNS = (
    GROUP,
    Column("count", "Antal", within=("assignment=mapping",)),
    SHARE,
    Column("others", "Andra uppdrag", within=("assignment=others",)),
)
_SEVERAL = "Den som har fått flera slags stöd räknas i varje; raderna blir fler än deltagarna."


def section(rows: Rows, scope: Scope) -> Section:
    """Count who got each kind; the shares are of those with any support noted."""
    passages, notes = texts(rows, scope, *PARTS)
    counted = rows["report_arsrapport_support"]
    everybody = [row for row in counted if row["support"] == _ALL]
    return Section(
        id="support",
        title=TITLE,
        rule="Avslutade i perioden med uppdraget kartläggning/myndighetsstöd. Andelar av dem med "
        "något stöd antecknat.",
        base=scopes.base(everybody, "enrolments", "persons", of="closed.mapping"),
        tables=(table := _table(counted, scope),),
        sentences=some(_most(table)),
        notes=(_SEVERAL, *notes),
        charts=(Chart("support", ("count",), title="Antal som fått stödet"),),
        texts=passages,
    )


def _table(counted: Sequence[Record], scope: Scope) -> Table:
    counts: dict[str, tuple[int, int]] = {}
    for row in counted:
        mapping, others = counts.get(row["support"], (0, 0))
        counts[row["support"]] = mapping + row["enrolments"], others + row["others"]
    closed, _ = counts.pop(_ALL, (0, 0))
    told, others = counts.pop(_ANY, (0, 0))

    def line(key: str, name: str) -> Row:
        mapping, other = counts.get(key, (0, 0))
        return Row(key, (name, mapping, share(mapping, told), other))

    lines = [line(*named) for named in code_names(scope.codes, "support", counts).items()]
    none = missing(closed - told, None, None)
    table = Table("support", _COLUMNS, (*lines, none), of="closed", by="support")
    return table if others else without(table, "others")


def _most(table: Table) -> Told | None:
    """Tell the kind of support that most got."""
    counts = {row.key: int(str(row.cells[1])) for row in table.rows if row.key != MISSING_KEY}
    key = max(counts, key=lambda key: counts[key], default="")
    if not counts.get(key):
        return None
    return Told("Vanligaste stöd: {group}, {count} ({share}).", table.id, key)

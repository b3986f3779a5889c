"""ORS: how the closed felt at the start, and how few were asked again at closure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import mean, share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import COUNT, GROUP, SHARE, check
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Hälsa (ORS)"
QUERIES = ("report_ors",)

SENTENCE = Told(
    "Av {count} med ORS vid start (medel {mean}) saknar {pairs.attrition.count} "
    "({pairs.attrition.share}) den vid avslut.",
    "start",
    "start",
)
_SCORES = (
    Column("mean", "Medel", "number", 1),
    Column("lowest", "Lägst", "number", 1),
    Column("highest", "Högst", "number", 1),
)


class Totals(NamedTuple):
    """How many totals there are, their sum, and the least and the greatest of them."""

    known: int
    sum: float
    lowest: float | None
    highest: float | None


def totals(rows: Sequence[Record], which: str) -> Totals:
    """Return the totals at `which` occasion, start or closure, of rows of report_ors together."""
    known = [row for row in rows if row[f"{which}_least"] is not None]
    return Totals(
        sum(row["enrolments"] for row in known),
        sum(row[f"{which}_sum"] for row in known),
        min((row[f"{which}_least"] for row in known), default=None),
        max((row[f"{which}_most"] for row in known), default=None),
    )


def section(rows: Rows, scope: Scope) -> Section:
    """Tell the totals at start, the pairs, those lost between, and what became of the pairs."""
    base = scope.bases["closed"]
    counted = rows["report_ors"]
    start = totals(counted, "start")
    change = number(scope.reliable_change)
    return Section(
        id="ors",
        title=TITLE,
        rule=f"Avslutade i perioden. Par: start och avslut. RCI {change} poäng.",
        base=base,
        tables=(
            Table("start", (GROUP, COUNT, *_SCORES), (_start(start),)),
            Table("pairs", (GROUP, COUNT, SHARE), _pairs(counted, start.known)),
        ),
        sentences=(SENTENCE,),
        warnings=check((row["enrolments"] for row in counted), base, "ORS"),
    )


def _start(start: Totals) -> Row:
    scores = mean(start.sum, start.known), start.lowest, start.highest
    return Row("start", ("Vid start", start.known, *scores))


def _pairs(counted: Sequence[Record], measured: int) -> tuple[Row, ...]:
    """Return the pairs and the lost, of the measured; and the classes, of the pairs."""
    found: Counter[str] = Counter()
    for row in counted:
        if row["class"]:
            found[row["class"]] += row["enrolments"]
    pairs = found.total()
    lost = measured - pairs
    classes = {
        "improved": ("Förbättrade", found["recovered"] + found["improved"]),
        "unchanged": ("Oförändrade", found["unchanged"]),
        "deteriorated": ("Försämrade", found["deteriorated"]),
    }
    return (
        Row("pairs", ("Par start–avslut", pairs, share(pairs, measured))),
        *(
            Row(key, (name, count, share(count, pairs)), depth=1, rare=True)
            for key, (name, count) in classes.items()
        ),
        Row("attrition", ("Bortfall vid avslut", lost, share(lost, measured))),
    )

"""ORS: how the closed felt at the start, and how few were asked again at closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import mean, share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import COUNT, GROUP, SHARE, check
from finsam_tui.text import number

if TYPE_CHECKING:
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


def section(rows: Rows, scope: Scope) -> Section:
    """Tell the totals at start, the pairs, those lost between, and what became of the pairs."""
    base = scope.bases["closed"]
    (counted,) = rows["report_ors"]
    change = number(scope.reliable_change)
    return Section(
        id="ors",
        title=TITLE,
        rule=f"Avslutade i perioden. Par: start och avslut. RCI {change} poäng.",
        base=base,
        tables=(
            Table("start", (GROUP, COUNT, *_SCORES), (_start(counted),)),
            Table("pairs", (GROUP, COUNT, SHARE), _pairs(counted)),
        ),
        sentences=(SENTENCE,),
        warnings=check([counted["closed"]], base, "ORS"),
    )


def _start(counted: Record) -> Row:
    measured = counted["measured"]
    scores = mean(counted["total"], measured), counted["lowest"], counted["highest"]
    return Row("start", ("Vid start", measured, *scores))


def _pairs(counted: Record) -> tuple[Row, ...]:
    """Return the pairs and the lost, of the measured; and the classes, of the pairs."""
    measured, pairs = counted["measured"], counted["pairs"]
    improved, deteriorated = counted["improved"], counted["deteriorated"]
    lost = measured - pairs
    classes = {
        "improved": ("Förbättrade", improved),
        "unchanged": ("Oförändrade", pairs - improved - deteriorated),
        "deteriorated": ("Försämrade", deteriorated),
    }
    return (
        Row("pairs", ("Par start–avslut", pairs, share(pairs, measured))),
        *(
            Row(key, (name, count, share(count, pairs)), depth=1, rare=True)
            for key, (name, count) in classes.items()
        ),
        Row("attrition", ("Bortfall vid avslut", lost, share(lost, measured))),
    )

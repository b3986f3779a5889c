"""The step ladder: where the closed stood at start and at closure, and which way they went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.domain.steps import change
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    MISSING_KEY,
    SHARE,
    check,
    code_names,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Stegförflyttningar"
QUERIES = ("report_helar_steps",)

_MEASURED = "measured"
_WAYS = {"up": "Uppåt", "same": "Samma steg", "down": "Nedåt"}
_UNMEASURED = "Utan båda mätningarna"
_MOVES = (
    GROUP,
    COUNT,
    SHARE,
    Column("positive", "Positivt", within=("positive",)),
    Column("onward", "Till ordinarie", within=("onward=yes",)),
)
_LEVELS = (
    GROUP,
    Column("start", "Vid start", within=(_MEASURED,), by="step_start"),
    Column("closure", "Vid avslut", within=(_MEASURED,), by="step_closure"),
)
SENTENCE = Told(
    "{up.count} av {measured.count|mätt|mätta} ({up.share}) har gjort en stegförflyttning uppåt.",
    "moves",
)
_NOTES = (
    "Positivt är uppåt på stegen, eller ett resultat som räknas.",
    "Till ordinarie är de som gick vidare till en ordinarie insats.",
)
_APART = Told(
    "{missing.count} saknar steg vid start eller avslut och ingår inte i andelarna.", "moves"
)


def section(rows: Rows, scope: Scope) -> Section:
    """Cross the step at start with that at closure; who lacks either stands apart."""
    base = scope.bases["closed"]
    counted = rows["report_helar_steps"]
    measured = [row for row in counted if _way(row) != "unmeasured"]
    used = [row[step] for row in measured for step in ("step_start", "step_closure")]
    names = code_names(scope.codes, "step", used)
    return Section(
        id="steps",
        title=TITLE,
        rule="Avslutade i perioden; mätta är de med steg både vid start och vid avslut.",
        base=base,
        tables=(_moves(counted), _ladder(measured, names), _levels(measured, names)),
        sentences=(SENTENCE,),
        notes=_NOTES if _sum(measured) == _sum(counted) else (*_NOTES, _APART),
        warnings=check((row["enrolments"] for row in counted), base, "Stegen"),
        charts=(Chart("levels", ("start", "closure"), "columns"),),
    )


def _way(row: Record) -> str:
    return change(row["level_start"], row["level_closure"])


def _sum(rows: Iterable[Record], column: str = "enrolments", **steps: str) -> int:
    """Return the enrolments of the rows with these steps."""
    return sum(row[column] for row in rows if all(row[name] == key for name, key in steps.items()))


def _moves(counted: Sequence[Record]) -> Table:
    """Return the measured, those of them who went each way, and who is not measured."""
    ways = {way: [row for row in counted if _way(row) == way] for way in (*_WAYS, "unmeasured")}
    apart = ways.pop("unmeasured")
    measured = [row for rows in ways.values() for row in rows]
    whole = _sum(measured)

    def line(key: str, name: str, rows: Sequence[Record], of: int = 0) -> Row:
        count = _sum(rows)
        figures = (share(count, of), _sum(rows, "positive"), _sum(rows, "onward"))
        return Row(key, (name, count, *figures))

    return Table(
        "moves",
        _MOVES,
        (
            line(_MEASURED, "Mätta", measured, whole)._replace(of="closed", within=(_MEASURED,)),
            *(line(way, name, ways[way], whole)._replace(depth=1) for way, name in _WAYS.items()),
            line(MISSING_KEY, "Utan båda mätningarna", apart),
        ),
        total=line(ALL, "Avslutade", counted),
        of="closed",
        by="move",
        adds=True,
    )


def _ladder(measured: Sequence[Record], names: Mapping[str, str]) -> Table:
    """Return a row a step at start, a column a step at closure."""
    columns = [
        Column(key, name, within=(_MEASURED, f"step_closure={key}")) for key, name in names.items()
    ]

    def cells(**start: str) -> tuple[int, ...]:
        return (
            *(_sum(measured, step_closure=key, **start) for key in names),
            _sum(measured, **start),
        )

    return Table(
        "ladder",
        (GROUP, *columns, Column("count", "Mätta", within=(_MEASURED,), parts=tuple(names))),
        tuple(Row(key, (name, *cells(step_start=key))) for key, name in names.items()),
        title="Från steg vid start (rad) till steg vid avslut (kolumn)",
        total=Row(ALL, ("Vid avslut", *cells())),
        of="closed",
        by="step_start",
        adds=True,
    )


def _levels(measured: Sequence[Record], names: Mapping[str, str]) -> Table:
    """Return the steps at start and at closure beside each other."""
    return Table(
        "levels",
        _LEVELS,
        tuple(
            Row(key, (name, _sum(measured, step_start=key), _sum(measured, step_closure=key)))
            for key, name in names.items()
        ),
        title="Steg vid start och vid avslut",
        total=Row(ALL, ("Mätta", *[_sum(measured)] * 2), of="closed"),
        of="closed",
        adds=True,
    )

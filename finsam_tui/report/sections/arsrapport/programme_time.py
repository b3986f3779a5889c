"""Time in the programme: how long those who closed took part, by assignment and by the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import mean
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    GROUP,
    MISSING_KEY,
    MISSING_LABEL,
    check,
    code_names,
    texts,
)
from finsam_tui.report.sections.programme_time import DAYS_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Tid i insats"
QUERIES = ("report_texts", "report_closed")
PARTS = ("programme_time",)

_MEASURED = {
    "positive": ("Positiv stegförflyttning", ("measured", "positive")),
    "none": ("Ingen positiv stegförflyttning", ("measured", "none")),
    "unmeasured": ("Utan mätning", ("unmeasured",)),
}
_COLUMNS = (
    GROUP,
    Column("count", "Antal"),
    Column("days", "Dagar", "number", 0, made_of=("count",)),
    Column("months", "Månader", "number", 1, made_of=("count",)),
    Column("shortest", "Kortast", "number", made_of=("count",)),
    Column("longest", "Längst", "number", made_of=("count",)),
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell the days between start and closure; a month is a twelfth of a year of 365,25 days."""
    passages, notes = texts(rows, scope, *PARTS)
    base = scope.bases["closed"]
    counted = rows["report_closed"]
    return Section(
        id="programme_time",
        title=TITLE,
        rule="Avslutade i perioden, från start till avslut. Dagar och månader i medeltal; kortast "
        "och längst i dagar.",
        base=base,
        tables=(
            _by_assignment(counted, scope),
            _by_step(counted),
        ),
        sentences=(
            Told("Deltagandet varade i medeltal {days} dagar, {months} månader.", "programme_time"),
            Told(
                "De som gjorde en positiv stegförflyttning deltog i medeltal {positive.days} "
                "dagar, övriga mätta {none.days} dagar.",
                "by_step",
            ),
        ),
        notes=notes,
        warnings=check((row["closed"] for row in counted), base, "Tiderna"),
        charts=(Chart("programme_time", ("months",), title="Månader i medeltal"),),
        texts=passages,
    )


def _by_assignment(counted: Sequence[Record], scope: Scope) -> Table:
    used = {row["assignment"] for row in counted}
    names = code_names(scope.codes, "assignment", used) | {MISSING_KEY: MISSING_LABEL}
    lines = [
        _row(key, name, [row for row in counted if (row["assignment"] or MISSING_KEY) == key])
        for key, name in names.items()
    ]
    return Table(
        "programme_time",
        _COLUMNS,
        tuple(lines),
        total=_row(ALL, "Alla", counted),
        of="closed",
        by="assignment",
        adds=True,
    )


def _by_step(counted: Sequence[Record]) -> Table:
    lines = [
        _row(key, name, [row for row in counted if _went(row) == key])._replace(
            of="closed", within=within
        )
        for key, (name, within) in _MEASURED.items()
    ]
    total = _row(ALL, "Alla", counted)
    return Table("by_step", _COLUMNS, tuple(lines), total=total, of="closed", adds=True)


def _went(row: Record) -> str:
    """Return which of _MEASURED a row is about."""
    if not row["measured"]:
        return "unmeasured"
    return "positive" if row["positive"] else "none"


def _row(key: str, name: str, counted: Iterable[Record]) -> Row:
    rows = list(counted)
    closed, days = (sum(row[column] for row in rows) for column in ("closed", "days"))
    shortest = min((row["shortest"] for row in rows), default=None)
    longest = max((row["longest"] for row in rows), default=None)
    means = mean(days, closed), mean(days / DAYS_A_MONTH, closed)
    return Row(key, (name, closed, *means, shortest, longest), rare=key != ALL)

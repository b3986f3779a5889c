"""Time in the programme: the mean, shortest and longest of those who closed, in days and months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import mean
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import GROUP, check

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Tid i insats"
QUERIES = ("report_closed",)

DAYS_A_MONTH = 365.25 / 12
SENTENCE = Told(
    "{base.enrolments|avslutad|avslutade} deltog i medeltal {days.mean} dagar, {months.mean} "
    "månader.",
    "programme_time",
)
_COLUMNS = (
    GROUP,
    Column("mean", "Medel", "number"),
    Column("shortest", "Kortast", "number"),
    Column("longest", "Längst", "number"),
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell the days between start and closure; a month is a twelfth of a year of 365,25 days."""
    base = scope.bases["closed"]
    counted = rows["report_closed"]
    closed, days = (sum(row[column] for row in counted) for column in ("closed", "days"))
    shortest = min((row["shortest"] for row in counted), default=None)
    longest = max((row["longest"] for row in counted), default=None)
    months = (
        mean(days / DAYS_A_MONTH, closed),
        *(None if n is None else mean(n / DAYS_A_MONTH, 1) for n in (shortest, longest)),
    )
    lines = (
        Row("days", ("Dagar", mean(days, closed), shortest, longest)),
        Row("months", ("Månader", *months)),
    )
    return Section(
        id="programme_time",
        title=TITLE,
        rule="Avslutade i perioden, från start till avslut.",
        base=base,
        tables=(Table("programme_time", _COLUMNS, lines),),
        sentences=(SENTENCE,),
        warnings=check([closed], base, "Tiderna"),
    )

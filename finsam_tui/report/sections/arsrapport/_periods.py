"""The compared periods as columns and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Column
from finsam_tui.report.sections._common import GROUP

if TYPE_CHECKING:
    from finsam_tui.domain.periods import Period
    from finsam_tui.report.scope import Scope

COLUMNS = ("year1", "year2", "year3", "year4")  # the last is the report's own period


def columns(scope: Scope) -> tuple[Column, ...]:
    """Return a column a period; what the last counts is what all other tables count."""
    *before, now = zip(COLUMNS, scope.years, strict=True)
    return (
        GROUP,
        *(Column(id, _heading(period), within=(_fact(period),)) for id, period in before),
        Column(now[0], _heading(now[1])),
    )


def key(period: Period) -> str:
    """Return the key of a period: its year, or its first and last day."""
    return _year(period) or f"{period.first}/{period.last}"


def _fact(period: Period) -> str:
    return f"year={key(period)}"


def _heading(period: Period) -> str:
    return _year(period) or f"till {period.last}"


def _year(period: Period) -> str:
    """Return the year that the period is, if it is one."""
    return period.label if period.label.isdecimal() else ""

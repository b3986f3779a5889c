"""Who is counted without a person: advice calls, and what a volume programme's year tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.periods import Period
from finsam_tui.report.model import Parting
from finsam_tui.report.sections.siffror._parts import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.filters import Filters
    from finsam_tui.report.scope import Record, Scope


def counted(rows: Sequence[Record], filters: Filters) -> dict[str | None, int]:
    """Return programme → whom it counted without a person; WHOLE is all programmes.

    That is its calls of the period, else what its year tells. They have neither home, coach nor
    sex: a report narrowed to one of those counts none.
    """
    if filters.municipality or filters.coach or filters.sex:
        return {}
    found = {row["programme"]: row["calls"] or row["actual"] or 0 for row in rows}
    return {WHOLE: sum(found.values()), **{key: count for key, count in found.items() if count}}


def partings(rows: Sequence[Record], scope: Scope) -> tuple[Parting, ...]:
    """Return where what a year tells is not the number of its calls."""
    if not is_year(scope.period):
        return ()
    return tuple(
        Parting(
            scope.codes.label("programme", row["programme"]),
            row["actual"],
            "utfall enligt insatsens år",
            row["calls"],
            "räknade rådgivande samtal",
        )
        for row in rows
        if row["calls"] and row["actual"] not in (None, row["calls"])
    )


def is_year(period: Period) -> bool:
    """Return whether a period is a calendar year, as what people enter by the year is of."""
    return period == Period.year(period.last.year)

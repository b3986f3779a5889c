"""Who is counted without a person: what is entered for a volume programme's year, or its calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.periods import Period
from finsam_tui.report.model import Parting
from finsam_tui.report.sections.siffror._parts import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.scope import Record, Scope


def counted(rows: Sequence[Record], scope: Scope) -> dict[str | None, int]:
    """Return volume programme → whom it counted without a person; WHOLE is all of them.

    That is what is entered for the year, else the calls of the period. They have neither home,
    coach nor sex: a report narrowed to one of those counts none.
    """
    filters = scope.filters
    if filters.municipality or filters.coach or filters.sex:
        return {}
    found = {row["programme"]: _volume(row, scope.period) for row in rows if row["volume"]}
    return {WHOLE: sum(found.values()), **{key: count for key, count in found.items() if count}}


def _volume(row: Record, period: Period) -> int:
    entered = row["actual"] if is_year(period) else None
    count: int | None = row["calls"] if entered is None else entered
    return count or 0


def partings(rows: Sequence[Record], scope: Scope) -> tuple[Parting, ...]:
    """Return where what is entered for the year is not the number of calls."""
    return tuple(
        Parting(
            f"Volym i {scope.codes.label('programme', row['programme'])}",
            row["actual"],
            "utfallet som angetts för året",
            row["calls"],
            "registrerade rådgivande samtal",
        )
        for row in rows
        if row["volume"]
        and is_year(scope.period)
        and None not in (row["actual"], row["calls"])
        and row["actual"] != row["calls"]
    )


def is_year(period: Period) -> bool:
    """Return whether a period is a calendar year, as what people enter by the year is of."""
    return period == Period.year(period.last.year)

"""Whom a volume programme counts: what is entered for its year, else its calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Parting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.report.scope import Record, Scope


def volume(row: Record, scope: Scope) -> int | None:
    """Return whom a volume programme counted without a person: what is entered, else the calls.

    The row is one of report_programme_years. None of another programme, or of some people only:
    those counted so have neither home, coach nor sex.
    """
    if not row["volume"] or scope.filters.of_some:
        return None
    entered: int | None = row["actual"] if scope.period.is_year else None
    calls: int | None = row["calls"]
    return calls if entered is None else entered


def partings(rows: Iterable[Record], scope: Scope) -> tuple[Parting, ...]:
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
        and scope.period.is_year
        and None not in (row["actual"], row["calls"])
        and row["actual"] != row["calls"]
    )

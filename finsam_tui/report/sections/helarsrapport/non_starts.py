"""Referrals that came to nothing: why, and the hours that went into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import mean, share
from finsam_tui.report import scope as scopes
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    MISSING_KEY,
    MISSING_LABEL,
    SHARE,
    code_names,
)
from finsam_tui.text import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Ej start av insats"
QUERIES = ("report_helar_non_starts",)

_DECIMALS = 2  # of hours, as they are typed in

_REASONS = (
    GROUP,
    COUNT,
    SHARE,
    Column("hours", "Timmar", "number", made_of=("count",)),
)
_HOURS = (
    GROUP,
    COUNT._replace(parts=("noted", "unnoted")),
    Column("noted", "Med tid", within=("hours=noted",)),
    Column("unnoted", "Utan", within=("hours=missing",)),
    Column("hours", "Timmar", "number", made_of=("noted",)),
    Column("mean", "Medel", "number", _DECIMALS, made_of=("noted",)),
    Column("lowest", "Minst", "number", made_of=("noted",)),
    Column("highest", "Mest", "number", made_of=("noted",)),
)
_SENTENCES = (
    Told("{count|ansökan|ansökningar} ledde inte till start.", "reasons"),
    Told(
        "{noted|ansökan|ansökningar} har noterad tid: {hours} timmar, i snitt {mean} "
        "({lowest}–{highest}).",
        "hours",
        "non_start",
    ),
)


class Spent(NamedTuple):
    """Referrals, and the hours of those where they were noted."""

    referrals: int = 0
    noted: int = 0
    hours: float = 0
    lowest: float | None = None
    highest: float | None = None


def section(rows: Rows, scope: Scope) -> Section:
    """Share out the referrals by the reason given; without one in no share."""
    counted = rows["report_helar_non_starts"]
    return Section(
        id="non_starts",
        title=TITLE,
        rule="Aktualiseringar daterade i perioden som inte ledde till start.",
        base=scopes.base(counted, "referrals", "persons", of="non_started"),
        tables=(_reasons(counted, scope.codes), _hours(_spent(counted))),
        sentences=_SENTENCES,
        notes=(
            "Underlaget är ansökningar; samma person kan ha flera.",
            "En aktualisering har ingen coach och ingår inte i urvalet på coach.",
        )[: 2 if scope.filters.coach else 1],
        charts=(Chart("reasons", ("count",)),),
    )


def _spent(counted: Iterable[Record]) -> Spent:
    rows = list(counted)
    noted = [row for row in rows if row["noted"]]
    return Spent(
        referrals=sum(row["referrals"] for row in rows),
        noted=sum(row["noted"] for row in noted),
        hours=half_up(sum(row["hours"] for row in noted), _DECIMALS),
        lowest=min((row["least"] for row in noted), default=None),
        highest=max((row["most"] for row in noted), default=None),
    )


def _reasons(counted: Sequence[Record], codes: Codes) -> Table:
    names = code_names(codes, "non_start_reason", (row["reason"] for row in counted))
    known = sum(row["referrals"] for row in counted if row["reason"])

    def cells(reason: str | None) -> tuple[Cell, ...]:
        spent = _spent(row for row in counted if row["reason"] == reason)
        part = share(spent.referrals, known) if reason else None
        return spent.referrals, part, spent.hours if spent.noted else None

    every = _spent(counted)
    total = ("Summa", every.referrals, share(known, known), every.hours if every.noted else None)
    return Table(
        "reasons",
        _REASONS,
        (
            *(Row(key, (name, *cells(key))) for key, name in names.items()),
            Row(MISSING_KEY, (MISSING_LABEL, *cells(None)), rare=True),
        ),
        total=Row(ALL, total),
        of="non_started",
        by="reason",
        adds=True,
    )


def _hours(spent: Spent) -> Table:
    figures = (
        spent.referrals,
        spent.noted,
        spent.referrals - spent.noted,
        spent.hours if spent.noted else None,
        mean(spent.hours, spent.noted, _DECIMALS),
        spent.lowest,
        spent.highest,
    )
    line = Row("non_start", ("Ej start", *figures), of="non_started")
    return Table("hours", _HOURS, (line,), title="Tid för hanteringen")

"""The individual programmes: who took part and closed, what one cost, and a sheet each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, COUNT, GROUP, SHARE, check, some, without
from finsam_tui.report.sections.maluppfyllelse import _programmes, _sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.scope import Record, Rows, Scope
    from finsam_tui.report.sections.maluppfyllelse._programmes import Programme

TITLE = "Individinriktade insatser"
QUERIES = (*_programmes.QUERIES, "report_closed")

_ORDER = (
    *("parties", "type", "purpose", "target_group", "goal", "period", "budget_participants"),
    *("budget", "actual", "result", "participants", "closed", "positive", "cost", "fulfilment"),
    "deviations",
)
_OF_PERSONS = ("closed", "positive")  # rows that a programme without persons has not
_PARTS = ("registered", "anonymous", "volume")
_PARTICIPANTS = (
    GROUP,
    Column("budget", "Budget", "number"),
    Column("registered", "Registrerade"),
    Column("anonymous", "Anonyma", of="participated.anonymous"),
    Column("volume", "Utan person", of="volume"),
    Column("count", "Alla", of="participated.everybody", parts=_PARTS),
)
_CLOSED = (
    GROUP,
    COUNT,
    Column("positive", "Positiva steg", within=("positive",)),
    SHARE._replace(made_of=("positive", "count")),
)
_SENTENCES = (
    Told("Insatserna hade {count} deltagare.", "participants"),
    Told("Av {count|avslutad|avslutade} har {positive} ({share}) tagit positiva steg.", "closed"),
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell of every individual programme of the period; programmes of a cost pool share costs."""
    base = scope.bases["participated"]
    found = _programmes.programmes(rows, scope, _programmes.INDIVIDUAL)
    closed = rows["report_closed"]
    costs = _sheets.cost_table(found, scope)
    return Section(
        id="programmes",
        title=TITLE,
        rule="Inskrivna minst en dag i perioden, och avslutade i den. Steg: uppåt på stegen eller "
        "ett resultat som räknas, av alla avslutade.",
        base=base,
        tables=(
            _participants(found, scope),
            _closed(found, closed),
            *some(costs),
            *(_sheet(programme, closed, scope) for programme in found),
        ),
        sentences=(*_SENTENCES, *_sheets.cost_sentences(costs)),
        notes=_sheets.notes(scope),
        warnings=(
            *check((p.taken.registered for p in found), base, "Insatsernas deltagare"),
            *check(
                (row["closed"] for row in closed),
                scope.bases["closed"],
                "Insatsernas avslutade",
            ),
            *some(*(programme.parting for programme in found)),
        ),
    )


def _participants(found: Sequence[Programme], scope: Scope) -> Table:
    """Return who took part in each programme, beside how many were budgeted for."""
    budgets = [programme.about["budget_participants"] for programme in found]
    known = [budget for budget in budgets if budget is not None]
    all_ = _programmes.together(programme.taken for programme in found)
    lines = (
        Row(programme.id, (programme.name, budget, *programme.taken, programme.taken.all))
        for programme, budget in zip(found, budgets, strict=True)
    )
    table = Table(
        "participants",
        _PARTICIPANTS,
        tuple(lines),
        title="Deltagare",
        total=Row(ALL, ("Summa", sum(known) if known else None, *all_, all_.all)),
        of="participated",
        by="programme",
        adds=True,
    )
    return without(table, "anonymous", "volume") if scope.filters.of_some else table


def _closed(found: Sequence[Programme], closed: Sequence[Record]) -> Table:
    """Return those who closed in each programme, and those of them who took a positive step."""
    with_persons = [programme for programme in found if not programme.about["volume"]]
    outcomes = [_outcome(programme, closed) for programme in with_persons]
    return Table(
        "closed",
        _CLOSED,
        tuple(
            Row(programme.id, (programme.name, count, positive, share(positive, count)))
            for programme, (count, positive) in zip(with_persons, outcomes, strict=True)
        ),
        title="Avslutade",
        total=_closed_total(outcomes),
        of="closed",
        by="programme",
        adds=True,
    )


def _closed_total(outcomes: Sequence[tuple[int, int]]) -> Row:
    count, positive = (sum(outcome[n] for outcome in outcomes) for n in range(2))
    return Row(ALL, ("Summa", count, positive, share(positive, count)))


def _outcome(programme: Programme, closed: Sequence[Record]) -> tuple[int, int]:
    """Return how many closed in a programme, and how many of them took a positive step."""
    rows = [row for row in closed if row["programme"] == programme.id]
    return sum(row["closed"] for row in rows), sum(row["closed"] for row in rows if row["positive"])


def _sheet(programme: Programme, closed: Sequence[Record], scope: Scope) -> Table:
    left_out = _OF_PERSONS if programme.about["volume"] else ()
    return _sheets.sheet(
        programme,
        scope,
        [key for key in _ORDER if key not in left_out],
        {
            "participants": programme.taken.all,
            **dict(zip(_OF_PERSONS, _outcome(programme, closed), strict=True)),
        },
    )

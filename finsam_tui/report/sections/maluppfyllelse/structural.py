"""The structural programmes: days for the parties' own staff, a sheet each, and their cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.report.model import Base, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, GROUP, some
from finsam_tui.report.sections.maluppfyllelse import _programmes, _sheets
from finsam_tui.text import number, short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Record, Rows, Scope
    from finsam_tui.report.sections.maluppfyllelse._programmes import Programme

TITLE = "Strukturövergripande insatser"
QUERIES = _programmes.QUERIES

_ORDER = (
    *("date", "period", "parties", "type", "purpose", "target_group", "attendees", "lecturers"),
    *("exhibitors", "goal", "budget", "actual", "cost", "result", "fulfilment", "deviations"),
    "comment",
)
# Staff at work, counted by the head of who holds the day: no figure of it points at a participant.
_ATTENDEES = (
    GROUP,
    Column("budget", "Budget", "number"),
    Column("attendees", "Deltagare", "number"),
)
_SENTENCE = Told("De strukturövergripande insatserna hade {attendees} deltagare.", "attendees")


def section(rows: Rows, scope: Scope) -> Section:
    """Tell of every structural programme of the period, with its days."""
    found = _programmes.programmes(rows, scope, _programmes.STRUCTURAL)
    costs = _sheets.cost_table(found, scope)
    return Section(
        id="structural",
        title=TITLE,
        rule="Parternas personal, räknad utan person: som angivet för året, annars dagarnas summa.",
        base=Base(),
        tables=(
            _attendees(found),
            *some(costs),
            *(_sheet(programme, _days(rows, programme), scope) for programme in found),
        ),
        sentences=(_SENTENCE, *_sheets.cost_sentences(costs)) if found else (),
        notes=(*_sheets.notes(scope), *_undated(rows, found)),
        warnings=some(*(programme.parting for programme in found)),
    )


def _attendees(found: Sequence[Programme]) -> Table:
    budgets = [programme.about["budget_participants"] for programme in found]
    known = [budget for budget in budgets if budget is not None]
    lines = (
        Row(programme.id, (programme.name, budget, programme.taken.volume))
        for programme, budget in zip(found, budgets, strict=True)
    )
    all_ = sum(programme.taken.volume for programme in found)
    return Table(
        "attendees",
        _ATTENDEES,
        tuple(lines),
        total=Row(ALL, ("Summa", sum(known) if known else None, all_)),
    )


def _days(rows: Rows, programme: Programme) -> list[Record]:
    """Return the programme's days of the period."""
    events = rows["report_mal_events"]
    return [row for row in events if row["programme"] == programme.id and row["date"]]


def _sheet(programme: Programme, days: Sequence[Record], scope: Scope) -> Table:
    cells: dict[str, Cell] = {
        "date": ", ".join(short_date(date.fromisoformat(day["date"])) for day in days) or None,
        "attendees": programme.taken.volume,
        "lecturers": _sum(days, "lecturers"),
        "exhibitors": _sum(days, "exhibitors"),
        "comment": " ".join(day["comment"] for day in days if day["comment"]) or None,
    }
    return _sheets.sheet(programme, scope, _ORDER, cells)


def _sum(days: Sequence[Record], column: str) -> str | None:
    """Return the sum as a text: few as they are, they are no participants to be hidden."""
    known = [day[column] for day in days if day[column] is not None]
    return number(sum(known)) if known else None


def _undated(rows: Rows, found: Sequence[Programme]) -> tuple[str, ...]:
    ids = {programme.id for programme in found}
    if any(row["programme"] in ids and row["date"] is None for row in rows["report_mal_events"]):
        return ("Dagar utan datum hör inte till någon period och är inte med.",)
    return ()

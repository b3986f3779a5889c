"""How a programme reads: a sheet of headings and texts, and what a participant of it cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.report.model import Column, Row, Table, Told
from finsam_tui.report.sections._common import GROUP, amount
from finsam_tui.text import short_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from finsam_tui.domain.costs import Pool
    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Scope
    from finsam_tui.report.sections.maluppfyllelse._programmes import Programme

_TYPES = {"individual": "Individinriktad insats", "structural": "Strukturövergripande insats"}
_LABELS = {
    "date": "Datum",
    "parties": "Samverkansparter",
    "type": "Typ av insats",
    "purpose": "Syfte",
    "target_group": "Målgrupp",
    "attendees": "Antal deltagare",
    "lecturers": "Antal föreläsare",
    "exhibitors": "Antal utställare",
    "goal": "Mål",
    "period": "Programperiod",
    "budget_participants": "Budgeterade deltagare",
    "budget": "Budget",
    "actual": "Utfall",
    "result": "Resultat",
    "participants": "Deltagare",
    "closed": "Avslutade",
    "positive": "Positiva steg",
    "cost": "Kostnad per deltagare",
    "fulfilment": "Måluppfyllelse",
    "deviations": "Avvikelser",
    "comment": "Kommentar",
}
_RARE = frozenset({"date", "period", "lecturers", "exhibitors", "comment"})
# Made of itself: a value that is no count is hidden with the count that its row is about.
_COLUMNS = (GROUP, Column("value", "", "text", made_of=("value",)))
_EVERYBODY = "participated.everybody"
# What a row of a sheet counts, and what it is made of.
_COUNTS = {
    "participants": (_EVERYBODY, ()),
    "closed": ("closed", ()),
    "positive": ("closed", ("positive",)),
    "cost": (_EVERYBODY, ()),
}
_COSTS = (
    GROUP,
    Column("amount", "Kronor", "number", 2),
    Column("participants", "Deltagare"),
    Column("each", "Kr/deltagare", "number", 0, made_of=("amount", "participants")),
)
_COST = Told("{group}: {each|krona|kronor} per deltagare.", "costs")


def sheet(
    programme: Programme, scope: Scope, order: Sequence[str], cells: Mapping[str, Cell]
) -> Table:
    """Return what is known of a programme under its name: rows in `order`, by heading.

    `cells` are those that its columns do not tell as they stand.
    """
    about = programme.about
    each = programme.pool.each if costs_are_told(scope) else None
    known = {
        "type": _TYPES[about["type"]] + (", utan personuppgifter" if about["volume"] else ""),
        "period": span(about["start_date"], about["end_date"]),
        "budget": amount(about["budget_amount"]),
        "actual": amount(about["actual_amount"]),
        "cost": amount(each),
        **cells,
    }
    rows = (_row(programme, key, known[key] if key in known else about[key]) for key in order)
    return Table(f"programme_{programme.id}", _COLUMNS, tuple(rows), title=programme.name)


def _row(programme: Programme, key: str, value: Cell) -> Row:
    of, facts = _COUNTS.get(key, ("", ()))
    whose = _key(programme.pool) if key == "cost" else programme.id
    return Row(
        key,
        (_LABELS[key], value),
        rare=key in _RARE,
        of=of,
        within=(*facts, f"programme={whose}"),
    )


def _key(pool: Pool) -> str:
    """Return the key of the row about a cost pool: that of its programme, if it is one."""
    return " + ".join(cost.programme for cost in pool.costs)


def span(first: str | None, last: str | None) -> str | None:
    """Return the days that something lasts: "1 nov 2014 – 31 dec 2020", or without an end."""
    if first is None and last is None:
        return None
    start, end = (day and short_date(date.fromisoformat(day)) for day in (first, last))
    return f"{start or ''} – {end or 'pågår'}".strip()


def costs_are_told(scope: Scope) -> bool:
    """Whether a cost can be shared: it is that of a whole year and of everybody."""
    return scope.period.is_year and not scope.filters.of_some


def cost_table(found: Sequence[Programme], scope: Scope) -> Table | None:
    """Return what each cost pool of the programmes spent, and on how many in each; None of none."""
    shared = dict.fromkeys(p.pool for p in found if p.pool.amount is not None)
    if not shared or not costs_are_told(scope):
        return None
    return Table(
        "costs",
        _COSTS,
        tuple(line for pool in shared for line in _pool_rows(pool, scope.codes)),
        title="Kostnad per deltagare",
        of=_EVERYBODY,
        by="programme",
        adds=True,
    )


def _pool_rows(pool: Pool, codes: Codes) -> Iterator[Row]:
    names = [codes.label("programme", cost.programme) for cost in pool.costs]
    yield Row(_key(pool), (", ".join(names), pool.amount, pool.participants, pool.each))
    if len(names) > 1:
        for name, cost in zip(names, pool.costs, strict=True):
            yield Row(cost.programme, (name, cost.amount, cost.participants, None), depth=1)


def cost_sentences(costs: Table | None) -> tuple[Told, ...]:
    """Return a sentence about each cost pool."""
    return (
        tuple(_COST._replace(row=row.key) for row in costs.rows if not row.depth) if costs else ()
    )


def notes(scope: Scope) -> tuple[str, ...]:
    """Return what must be said of a year's figures in a report of something else."""
    year = scope.period.last.year
    told = []
    if not scope.period.is_year:
        told.append(
            f"Budget, utfall, resultat och avvikelser är hela {year}; kostnaden per deltagare "
            "räknas bara på hela år."
        )
    if scope.filters.of_some:
        told.append(
            "Budget och utfall är hela insatsens och följer bara filtret på insats; kostnaden per "
            "deltagare räknas bara på alla."
        )
    return tuple(told)

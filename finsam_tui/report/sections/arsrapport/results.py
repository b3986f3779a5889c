"""Results: positive steps, who broke off, how many closed, and what they went on to."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections import steps
from finsam_tui.report.sections._common import (
    ALL,
    GROUP,
    MISSING_KEY,
    SHARE,
    code_names,
    missing,
    some,
    texts,
)
from finsam_tui.report.sections.arsrapport._periods import COLUMNS, columns
from finsam_tui.report.sections.siffror import results
from finsam_tui.report.sections.siffror._parts import WHOLE, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Record, Rows, Scope

    Figures = Mapping[str, int]

TITLE = "Resultat"
QUERIES = (
    *("report_texts", *steps.QUERIES, "report_arsrapport_closed"),
    "report_arsrapport_results",
)
PARTS = ("results", "work_training")

_FIGURES = (*COLUMNS, "told", "broken_off", "reasons", "ill")
_BREAKOFFS = (
    GROUP,
    Column("broken_off", "Avbröt", within=("result=broken_off",)),
    Column("told", "Av", within=("answered",)),
    SHARE._replace(made_of=("broken_off", "told")),
    Column("ill", "Sjukdom", within=("reason=illness",)),
    Column("reasons", "Av", within=("reason=any",)),
    Column("ill_share", "Andel", "share", made_of=("ill", "reasons")),
)
_HEADINGS = {"positive": "Positivt steg", "unmeasured": "Utan mätning"}
_STEPPED = (
    "{group}: av {measured|avslutad|avslutade} och mätta har {positive} ({share}) gjort en positiv "
    "stegförflyttning."
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell of those who closed, by assignment; and of what they went on to, in all."""
    passages, notes = texts(rows, scope, *PARTS)
    stepped = steps.section(rows, scope)
    closed = _closed(rows)
    totals = _sums(closed.values())
    years = _by_assignment("closed_years", columns(scope), closed, scope, _year_cells)
    return stepped._replace(
        id="results",
        title=TITLE,
        rule=f"{stepped.rule} Avbröt: av dem med resultat. Sjukdom: av dem med avslutsanledning.",
        tables=(
            _relabelled(stepped.tables[0]),
            *stepped.tables[1:],
            _by_assignment("breakoffs", _BREAKOFFS, closed, scope, _breakoff_cells),
            years._replace(title="Avslutade i denna och tidigare perioder"),
            results.went_to(
                Part(WHOLE, "Vad de avslutade gick vidare till"),
                _by_result(rows["report_arsrapport_results"]),
                Counter(closed=totals["year4"], answered=totals["told"]),
                scope.codes,
            ),
        ),
        sentences=some(
            *stepped.sentences,
            *(Told(_STEPPED, "steps", row.key) for row in _each(stepped.tables[0])),
            Told(
                "Av {told} avslutade med känt resultat har {broken_off} ({share}) avbrutit.",
                "breakoffs",
            ),
            Told("{year4} avslutades, mot {year3} i perioden före.", years.id)
            if _any_before(totals)
            else None,
        ),
        notes=(results.SEVERAL, *notes),
        charts=some(Chart(years.id, COLUMNS, kind="columns") if _any_before(totals) else None),
        texts=passages,
    )


def _closed(rows: Rows) -> dict[str | None, Counter[str]]:
    """Return assignment → how many closed in each period, and what became of those of this one."""
    found: dict[str | None, Counter[str]] = defaultdict(Counter)
    for row in rows["report_arsrapport_closed"]:
        found[row["assignment"]].update({year: row[year] for year in COLUMNS[:-1]})
    for row in rows["report_closed"]:
        found[row["assignment"]].update(
            year4=row["closed"], told=row["closed"], reasons=row["reasons"], ill=row["ill"]
        )
    for row in rows["report_arsrapport_results"]:
        if row["result"] is None:
            found[row["assignment"]]["told"] -= row["enrolments"]
        elif row["result"] == "broken_off":
            found[row["assignment"]]["broken_off"] += row["enrolments"]
    return found


def _by_result(counted: Iterable[Record]) -> Counter[str | None]:
    """Return result → the closed that have it."""
    found: Counter[str | None] = Counter()
    for row in counted:
        found[row["result"]] += row["enrolments"]
    return found


def _relabelled(table: Table) -> Table:
    """Return the table of steps with headings that have room here."""
    columns = (c._replace(label=_HEADINGS.get(c.key, c.label)) for c in table.columns)
    return table._replace(columns=tuple(columns))


def _any_before(totals: Figures) -> bool:
    """Return whether the register knows of anybody who closed before the period."""
    return any(totals[year] for year in COLUMNS[:-1])


def _each(table: Table) -> Sequence[Row]:
    """Return the assignments that a sentence tells of: none where there is but one."""
    rows = [row for row in table.rows if row.key != MISSING_KEY]
    return rows if len(rows) > 1 else []


def _sums(closed: Iterable[Record]) -> dict[str, int]:
    rows = list(closed)
    return {name: sum(row[name] for row in rows) for name in _FIGURES}


def _by_assignment(
    id: str,
    heads: tuple[Column, ...],
    closed: Mapping[str | None, Record],
    scope: Scope,
    cells: Callable[[Figures], tuple[Cell, ...]],
) -> Table:
    """Return a table with a row an assignment; `cells` makes those after its name."""
    names = code_names(scope.codes, "assignment", closed)
    lines = [
        Row(key, (name, *cells(_sums([closed[key]] if key in closed else []))), rare=True)
        for key, name in names.items()
    ]
    none = missing(*cells(_sums([closed[None]] if None in closed else [])))
    total = Row(ALL, ("Alla", *cells(_sums(closed.values()))))
    return Table(id, heads, (*lines, none), total=total, of="closed", by="assignment", adds=True)


def _breakoff_cells(figures: Figures) -> tuple[Cell, ...]:
    broken_off, told, ill, reasons = (
        figures[name] for name in ("broken_off", "told", "ill", "reasons")
    )
    return broken_off, told, share(broken_off, told), ill, reasons, share(ill, reasons)


def _year_cells(figures: Figures) -> tuple[Cell, ...]:
    return tuple(figures[name] for name in COLUMNS)

"""The goals of the year: what was to be reached, what was, and whether that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, GROUP, check, label, place, some
from finsam_tui.report.sections.maluppfyllelse import _measures
from finsam_tui.text import DASH, alphabetic, half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Record, Rows, Scope
    from finsam_tui.report.sections.maluppfyllelse._measures import Outcome

TITLE = "Mål och utfall"
QUERIES = ("report_mal_goals", *_measures.QUERIES)

_AT_MOST = "at_most"
_NUMBERS = frozenset({"new_participants", "participants", "mean_months", "attendees", "other"})
_FULFILLED = {True: "ja", False: "nej", None: DASH}
_FROM = ("count", "of")
_SUMMARY = (
    GROUP,
    Column("goals", "Mål", "number"),
    Column("met", "Nådda", "number"),
    Column("unmet", "Inte nådda", "number"),
    Column("unknown", "Utan utfall", "number"),
)
_GOALS = (
    GROUP,
    Column("direction", "", "text"),
    Column("target", "Mål", "number"),
    Column("count", "Antal"),
    Column("of", "Av", within=("whole",)),
    Column("outcome", "Utfall", "number", made_of=_FROM),
    Column("difference", "Skillnad", "number", made_of=_FROM),
    Column("fulfilled", "Nått", "text", made_of=_FROM),
)
_COMMENTS = (GROUP, Column("value", "", "text"))
_SENTENCE = Told(
    "Av {goals} mål är {met} nådda och {unmet} inte nådda; {unknown} har inget utfall.",
    "summary",
    ALL,
)


class Goal(NamedTuple):
    """A goal, and what came of it; `facts` narrow the population that its measure is of."""

    about: Record
    outcome: Outcome
    of: str
    facts: tuple[str, ...]

    @property
    def difference(self) -> float | None:
        """How much more than the target, as both are shown; None without an outcome."""
        figure = self.outcome.figure
        return None if figure is None else half_up(figure - self.about["target"], 1)

    @property
    def met(self) -> bool | None:
        """Whether it is reached; None without an outcome."""
        more = self.difference
        if more is None:
            return None
        return more <= 0 if self.about["direction"] == _AT_MOST else more >= 0


def section(rows: Rows, scope: Scope) -> Section:
    """Hold every goal of the year against the period: the association's, then each programme's."""
    owners = {row["programme"] for row in rows["report_mal_goals"]}
    order = sorted(owners, key=lambda id: alphabetic(scope.codes.label("programme", id)))
    goals = {programme: _goals(rows, scope, programme) for programme in order}
    tables = (t for programme, each in goals.items() for t in _tables(programme, each, scope.codes))
    every = [goal for each in goals.values() for goal in each]
    return Section(
        id="goals",
        title=TITLE,
        rule="Årets mål, med utfallet i perioden. Antal och Av: dem som utfallet räknas på, bara "
        "de med svar.",
        base=scope.bases["participated"],
        tables=(_summary(every), *tables) if every else (),
        sentences=(_SENTENCE,) if every else (),
        notes=_notes(scope, every),
        warnings=check(
            (row["closed"] for row in rows["report_closed"]),
            scope.bases["closed"],
            "Insatsernas avslutade",
        ),
    )


def _goals(rows: Rows, scope: Scope, programme: str | None) -> list[Goal]:
    """Return the goals of a programme, or of the association, in the order of the measures."""
    counted = _measures.counted(rows, scope, programme)
    about = [row for row in rows["report_mal_goals"] if row["programme"] == programme]
    about.sort(key=lambda row: place(scope.codes, "measure", row["measure"]))
    goals = []
    for row in about:
        measure = _measures.MEASURES.get(row["measure"], _measures.UNMEASURED)
        # In a report of one programme alone it is everybody.
        whose = () if scope.filters.programme else (f"programme={programme}",)
        facts = (*measure.facts, *(whose if programme else measure.overall))
        goals.append(Goal(row, measure.take(counted), measure.of, facts))
    return goals


def _summary(goals: Sequence[Goal]) -> Table:
    met = [goal.met for goal in goals]
    cells = (len(met), met.count(True), met.count(False), met.count(None))
    return Table("summary", _SUMMARY, (Row(ALL, ("Alla mål", *cells)),))


def _tables(programme: str | None, goals: Sequence[Goal], codes: Codes) -> tuple[Table, ...]:
    """Return the goals of a programme, or of the association, and what is said of them."""
    title = codes.label("programme", programme) if programme else "Hela förbundet"
    end = f"_{programme}" if programme else ""
    names = [_name(goal, codes) for goal in goals]
    lines = (_row(goal, name, codes) for goal, name in zip(goals, names, strict=True))
    comments = tuple(
        Row(goal.about["measure"], (name, comment))
        for goal, name in zip(goals, names, strict=True)
        if (comment := _comment(goal))
    )
    return (
        Table(f"goals{end}", _GOALS, tuple(lines), title=title),
        *((Table(f"comments{end}", _COMMENTS, comments),) if comments else ()),
    )


def _name(goal: Goal, codes: Codes) -> str:
    name = label(codes, "measure", goal.about["measure"])
    return name if goal.about["measure"] in _NUMBERS else f"{name}, %"


def _row(goal: Goal, name: str, codes: Codes) -> Row:
    cells: tuple[Cell, ...] = (
        codes.label("goal_direction", goal.about["direction"]),
        goal.about["target"],
        goal.outcome.part,
        goal.outcome.whole,
        goal.outcome.figure,
        goal.difference,
        _FULFILLED[goal.met],
    )
    return Row(goal.about["measure"], (name, *cells), of=goal.of, within=goal.facts)


def _comment(goal: Goal) -> str:
    """Return what is said of a goal, and that there is nothing to hold it against."""
    lacking = goal.met is None and goal.about["measure"] in _measures.MEASURES
    return " ".join(some(goal.about["comment"], "Underlag saknas." if lacking else None))


def _notes(scope: Scope, goals: Sequence[Goal]) -> tuple[str, ...]:
    told = []
    if not goals:
        told.append("Inga mål är inlagda för året.")
    elif not scope.period.is_year:
        told.append("Målen gäller hela året; utfallet är periodens.")
    if goals and scope.filters.of_some:
        told.append("Målen gäller alla deltagare; utfallet är urvalets.")
    return tuple(told)

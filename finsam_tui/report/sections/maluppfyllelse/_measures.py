"""What goals are held against: a measure for each code, and the only place that works it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import mean, share
from finsam_tui.report.sections.followup import TOLD
from finsam_tui.report.sections.maluppfyllelse import _programmes
from finsam_tui.report.sections.programme_time import DAYS_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from finsam_tui.report.scope import Record, Rows, Scope

    Take = Callable[["Counted"], "Outcome"]

QUERIES = (
    *(*_programmes.QUERIES, "report_mal_young", "report_closed", "report_mal_lived"),
    *("report_mal_followup", "report_mal_questionnaires"),
)
_MONTHS = ("6", "18", "24")


class Outcome(NamedTuple):
    """The figure that a goal is held against; None where there is nothing to take it from.

    A share is that of `part` in `whole`, a mean is of `whole`, a number is the `part` itself.
    """

    figure: float | None = None
    part: int | None = None
    whole: int | None = None


class Measure(NamedTuple):
    """How an outcome is taken, and whom it counts: the population `of`, narrowed to `facts`.

    `overall` are facts that hold where it is taken of the whole association.
    """

    take: Take
    of: str = ""
    facts: tuple[str, ...] = ()
    overall: tuple[str, ...] = ()


class Counted(NamedTuple):
    """The rows about a programme, or about all; and how many it, or they, reached without persons.

    `volume` are those of a programme that counts no persons, `attendees` those of structural ones.
    """

    participants: tuple[Record, ...]
    young: tuple[Record, ...]
    closed: tuple[Record, ...]
    lived: tuple[Record, ...]
    followup: tuple[Record, ...]
    questionnaires: tuple[Record, ...]
    volume: int
    attendees: int | None


def counted(rows: Rows, scope: Scope, programme: str | None) -> Counted:
    """Return what measures are taken of: a programme, or all that the report is about."""
    chosen = programme or scope.filters.programme or None

    def about(query: str) -> tuple[Record, ...]:
        return tuple(row for row in rows[query] if chosen in (None, row["programme"]))

    def without_persons(kind: str) -> list[int]:
        found = _programmes.programmes(rows, scope, kind)
        return [each.taken.volume for each in found if chosen in (None, each.id)]

    days = without_persons(_programmes.STRUCTURAL)
    return Counted(
        participants=about("report_mal_participants"),
        young=about("report_mal_young"),
        closed=about("report_closed"),
        lived=about("report_mal_lived"),
        followup=about("report_mal_followup"),
        questionnaires=about("report_mal_questionnaires"),
        volume=sum([*without_persons(_programmes.INDIVIDUAL), *days]) if programme else 0,
        attendees=sum(days) if any(days) else None,
    )


def _sum(rows: Collection[Record], *columns: str) -> int:
    return sum(row[column] for row in rows for column in columns)


def _number(count: int | None) -> Outcome:
    return Outcome(count, count)


def _share(rows: Collection[Record], part: str, whole: str) -> Outcome:
    """Return the share of column `part` in column `whole`, both summed over the rows."""
    return _of(_sum(rows, part), _sum(rows, whole))


def _of(some: int, all_: int) -> Outcome:
    return Outcome(share(some, all_), some, all_)


def _mean_months(of: Counted) -> Outcome:
    closed = _sum(of.closed, "closed")
    return Outcome(mean(_sum(of.closed, "days") / DAYS_A_MONTH, closed), whole=closed)


def _positive_step(of: Counted) -> Outcome:
    measured = [row for row in of.closed if row["measured"]]
    return _of(
        _sum([row for row in measured if row["positive"]], "closed"), _sum(measured, "closed")
    )


def _not_ill(of: Counted) -> Outcome:
    reasons = _sum(of.closed, "reasons")
    return _of(reasons - _sum(of.closed, "ill"), reasons)


def _lived(part: str, whole: str) -> Measure:
    return Measure(lambda of: _share(of.lived, part, whole), "closed", (part, whole))


def _answers(item: str) -> Measure:
    def take(of: Counted) -> Outcome:
        return _share([row for row in of.questionnaires if row["item"] == item], "yes", "told")

    return Measure(take, "questionnaires", (item,))


def _after(months: str, part: str, whole: str, *facts: str) -> Measure:
    def take(of: Counted) -> Outcome:
        return _share([row for row in of.followup if row["months"] == months], part, whole)

    return Measure(take, f"due_{months}", facts)


# Code of the list `measure` → how it is taken.
MEASURES = {
    "new_participants": Measure(
        lambda of: _number(_sum(of.participants, "started", "started_anonymous")),
        "started.everybody",
    ),
    "participants": Measure(
        lambda of: _number(_sum(of.participants, "registered", "anonymous") + of.volume),
        "participated.everybody",
        overall=("persons",),
    ),
    "under_30": Measure(
        lambda of: _share(of.young, "under_30", "age_told"), "started", ("under_30",)
    ),
    "own_livelihood": _lived("own_livelihood", "own_livelihood_told"),
    "work_or_studies": _lived("work_or_studies", "work_or_studies_told"),
    "mean_months": Measure(_mean_months, "closed", ("months",)),
    "positive_step": Measure(_positive_step, "closed", ("positive", "measured")),
    "not_ill": Measure(_not_ill, "closed", ("not_ill", "reason_told")),
    "useful": _answers("useful"),
    "readier": _answers("readier"),
    "attendees": Measure(lambda of: _number(of.attendees)),
    **{
        f"{lives}_{months}": _after(months, lives, f"{lives}_told", f"measure={lives}", "after")
        for lives in ("own_livelihood", "work_or_studies")
        for months in _MONTHS
    },
    **{f"response_{m}": _after(m, "answered", "sample", TOLD) for m in _MONTHS},
}
# Of any other measure the goal's comment tells the outcome.
UNMEASURED = Measure(lambda _: Outcome())

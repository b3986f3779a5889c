"""Makes a report: each query once, all on one state of the register, each section from its rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from finsam_tui.domain.ors import RELIABLE_CHANGE
from finsam_tui.report import catalogue, checks, scope
from finsam_tui.report.filters import Filters
from finsam_tui.report.model import Report
from finsam_tui.report.scope import OPTIONS
from finsam_tui.text import short_date

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from finsam_tui.domain.periods import Period
    from finsam_tui.report.catalogue import Maker
    from finsam_tui.report.scope import Options, Query
    from finsam_tui.storage.register import Register

    Progress = Callable[[int, int], None]

NO_FILTERS = Filters()


def build(  # noqa: PLR0913 - what a report is of
    register: Register,
    report_id: str,
    period: Period,
    filters: Filters = NO_FILTERS,
    *,
    today: date,
    sections: Collection[str] = (),
    options: Options = OPTIONS,
    progress: Progress = lambda _done, _all: None,
) -> Report:
    """Return a report of `period`, with the `sections` asked for, or all; raises RegisterError.

    `report_id` and `sections` are ids of the catalogue. `progress` is told how many queries of all
    are done.
    """
    entry = catalogue.REPORTS[report_id]
    makers = entry.makers(sections)
    with register.one_state():
        about = register.one("report_register")
        change = _reliable_change(about["reliable_change"])
        params = scope.params(period, filters, today, change)
        rows = dict(_rows(register, _queries(list(makers.values())), params, progress))
        bases = scope.Bases(rows, lambda query: register.rows(query, **params))
        shared = scope.Scope(
            *(period, filters, today, register.codes, change),
            *(bases, scope.years(period), options),
        )
        made = [maker.section(rows, shared) for maker in makers.values()]
        nobody = not register.rows("report_somebody", **params)
        empty = _nothing(register, period) if nobody else ""
    return Report(
        *(report_id, entry.title, about["name"] or "", period, today),
        sections=checks.compared(made),
        filters=filters.told(register.codes),
        headlines=() if sections else entry.headlines,
        empty=empty,
    )


def _rows(
    register: Register, queries: Sequence[Query], params: Mapping[str, Any], progress: Progress
) -> Iterator[tuple[Query, list[Any]]]:
    """Yield each query with its rows."""
    for done, query in enumerate(queries):
        progress(done, len(queries))
        if isinstance(query, scope.After):
            yield query, register.rows(query.query, **{**params, "months": str(query.months)})
        else:
            yield query, register.rows(query, **params)


def _queries(makers: Sequence[Maker]) -> list[Query]:
    """Return the queries that the makers need, each once.

    Several need all populations; one alone may need none of them, or one.
    """
    shared = [scope.ALL] if len(makers) > 1 else []
    return list(dict.fromkeys([*shared, *(query for maker in makers for query in maker.QUERIES)]))


def _reliable_change(setting: str | None) -> float:
    """Return the association's own reliable change of ORS, else the usual one."""
    try:
        return float(setting) if setting else RELIABLE_CHANGE
    except ValueError:
        return RELIABLE_CHANGE


def _nothing(register: Register, period: Period) -> str:
    """Return the sentence for a period in which nobody was enrolled."""
    span = register.one("report_span")
    if span["first"] is None:
        known = "registret har inga inskrivningar ännu"
    else:
        first, last = (short_date(date.fromisoformat(span[end])) for end in ("first", "last"))
        known = f"registrets första inskrivning är från {first} och den senaste från {last}"
    return f"Ingen i urvalet var inskriven {period.label}; {known}."

"""The years compared: who started, closed and took part; where, of which sex and from what home."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Row, Section, Table, Told
from finsam_tui.report.scope import ANONYMOUS
from finsam_tui.report.sections._common import ALL, MISSING_KEY, label
from finsam_tui.report.sections.arsrapport._periods import COLUMNS, columns
from finsam_tui.text import alphabetic, short_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from finsam_tui.report.model import Column
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Jämförande statistik årsvis"
QUERIES = ("report_arsrapport_years", "report_arsrapport_compared", "report_span")

_LABELS = {
    "started": "Antal nystartade",
    "closed": "Antal avslutade",
    "participated": "Totalt antal deltagare",
}
# What the periods are compared by: column, list of its codes, heading.
_BY = (
    ("programme", "programme", "Deltagare efter insats"),
    ("municipality", "municipality", "Deltagare efter hemkommun"),
    ("sex", "sex", "Deltagare efter kön"),
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count the enrolments and persons of each period, and the anonymous beside them."""
    counted = rows["report_arsrapport_years"]
    persons = [row for row in counted if row["registration"] != ANONYMOUS]
    anonymous = [row for row in counted if row["registration"] == ANONYMOUS]
    heads = columns(scope)
    lines = [
        Row(name, (label, *_by_period(persons, name)), of=name) for name, label in _LABELS.items()
    ]
    beside = Row(
        "anonymous",
        ("Därtill anonyma deltagare", *_by_period(anonymous, "participated")),
        rare=True,
        of="participated.anonymous",
    )
    unique = [
        Row(name, (label, *_by_period(persons, f"{name}_unique")), of=f"{name}.unique")
        for name, label in _LABELS.items()
    ]
    return Section(
        id="years",
        title=TITLE,
        rule="Startade, avslutades eller deltog i perioden.",
        base=scope.bases["participated"],
        tables=(
            Table("years", heads, (*lines, beside)),
            Table("unique", heads, tuple(unique), title="Varav unika deltagare"),
            *_compared(rows["report_arsrapport_compared"], heads, scope),
        ),
        sentences=(
            Told(
                "{started.year4} startade och {closed.year4} avslutades, mot {started.year3} och "
                "{closed.year3} i perioden före.",
                "years",
            ),
        ),
        notes=_notes(rows, scope),
        charts=(Chart("years", COLUMNS, kind="columns"),),
    )


def _compared(
    counted: Sequence[Record], heads: tuple[Column, ...], scope: Scope
) -> Iterator[Table]:
    """Yield who took part by programme, home and sex, a table each; of one value there is none."""
    for by, codes, title in _BY:
        values = {row[by] for row in counted}
        if len(values) > 1:
            names = {value: label(scope.codes, codes, value) for value in values}
            order = sorted(values, key=lambda value: (value is None, alphabetic(names[value])))
            lines = [
                Row(
                    value or MISSING_KEY,
                    (
                        names[value],
                        *_sums(row for row in counted if row[by] == value),
                    ),
                )
                for value in order
            ]
            all_ = Row(ALL, ("Summa", *_sums(counted)))
            yield Table(
                f"by_{by}",
                heads,
                tuple(lines),
                title=title,
                total=all_,
                of="participated",
                by=by,
                adds=True,
            )


def _sums(counted: Iterable[Record]) -> list[int]:
    """Return the sum of each compared period."""
    rows = list(counted)
    return [sum(row[column] for row in rows) for column in COLUMNS]


def _notes(rows: Rows, scope: Scope) -> tuple[str, ...]:
    """Say that the register begins after the first of the compared periods."""
    first = rows["report_span"][0]["first"]
    if first is None or date.fromisoformat(first) <= scope.years[0].first:
        return ()
    begins = short_date(date.fromisoformat(first))
    return (f"Registrets första inskrivning är från {begins}; tidigare deltagare ingår inte.",)


def _by_period(counted: Sequence[Record], name: str) -> list[int]:
    """Return the sum of a column for each of the compared periods."""
    return [
        sum(row[name] for row in counted if row["place"] == place)
        for place in range(1, len(COLUMNS) + 1)
    ]

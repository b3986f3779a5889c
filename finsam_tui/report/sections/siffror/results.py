"""Results: what those who closed went to, several each; a plus marks what counts as a step on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    SHARE,
    check,
    code_names,
    missing,
)
from finsam_tui.report.sections.siffror._parts import WHOLE, added, by_place, parts, programme_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope
    from finsam_tui.report.sections.siffror._parts import ByPlace, Figures, Part

    ByResult = Counter[str | None]

TITLE = "Resultat"
QUERIES = ("report_siffror_outflow", "report_results")

_FIGURES = ("closed", "answered", "results", "onward")
_SUM_COLUMNS = (
    GROUP,
    Column("closed", "Avslutade"),
    Column("answered", "Med resultat", within=("answered",)),
    Column("results", "Resultat", of="results"),
    Column("onward", "Vidare", within=("onward",)),
)
_COLUMNS = (GROUP, COUNT, SHARE)
_SENTENCE = Told(
    "{answered} av {closed|avslutad|avslutade} har resultat, tillsammans {results}; {onward} har "
    "gått vidare.",
    "results_sum",
)
SEVERAL = (
    "En person kan ha flera resultat, så raderna kan tillsammans bli fler än de avslutade. Den som "
    "har minst ett av dem som räknas som ett steg framåt (+) har gått vidare."
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count the results of each programme; who closed without any is in no share."""
    base = scope.bases["closed"]
    sums = by_place(rows["report_siffror_outflow"], *_FIGURES)
    counts = by_result(rows["report_results"])
    each = parts(scope.codes, sums)
    return Section(
        id="results",
        title=TITLE,
        rule="Avslutade i perioden. Andel av dem som har minst ett resultat.",
        base=base,
        tables=(
            _sums(sums, scope.codes, base.of),
            *(
                went_to(part, counts[part.programme], added(sums[part.programme]), scope.codes)
                for part in each
            ),
        ),
        sentences=(_SENTENCE,) if base.enrolments else (),
        notes=(SEVERAL,),
        warnings=check([added(sums[WHOLE])["closed"]], base, "Resultaten"),
    )


def by_result(rows: Iterable[Record]) -> dict[str | None, ByResult]:
    """Return programme → result → enrolments; WHOLE is all programmes."""
    found: dict[str | None, ByResult] = {WHOLE: Counter()}
    for row in rows:
        for programme in (WHOLE, row["programme"]):
            found.setdefault(programme, Counter())[row["result"]] += row["enrolments"]
    return found


def _sums(sums: Mapping[str | None, ByPlace], codes: Codes, of: str) -> Table:
    """Return how many closed, and how many results they have, a row a programme."""

    def row(key: str, name: str, programme: str | None) -> Row:
        figures = added(sums[programme])
        return Row(key, (name, *(figures[column] for column in _FIGURES)))

    return Table(
        id="results_sum",
        columns=_SUM_COLUMNS,
        rows=tuple(row(key, name, key) for key, name in programme_names(codes, sums).items()),
        total=row(ALL, "Summa", WHOLE),
        of=of,
        by="programme",
        adds=True,
    )


def went_to(part: Part, counts: ByResult, figures: Figures, codes: Codes) -> Table:
    """Return the results of a part's closed and answered; those that nobody has are not printed."""
    closed, answered = figures["closed"], figures["answered"]
    lines = [
        Row(key, (name + _mark(codes, key), counts[key], share(counts[key], answered)), rare=True)
        for key, name in code_names(codes, "result", counts).items()
    ]
    return Table(
        id=part.id("results"),
        columns=part.narrowed(_COLUMNS),
        rows=(*lines, missing(closed - answered, None)),
        title=part.title,
        total=Row(ALL, ("Avslutade", closed, None)),
        of="closed",
        by="result",
    )


def _mark(codes: Codes, result: str) -> str:
    code = codes.get("result", result)
    return " +" if code and code.positive else ""

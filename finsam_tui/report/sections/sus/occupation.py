"""Occupation before and after of those who closed, in the two layouts that SUS had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.sections._common import MISSING_KEY, MISSING_LABEL, check, label
from finsam_tui.report.sections.sus import _occupation
from finsam_tui.report.sections.sus._before_after import Line, table
from finsam_tui.report.sections.sus._occupation import (
    BUSY,
    CLOSURE,
    EMPLOYED,
    JOB_SEEKING,
    START,
    STUDIES,
    any_of,
    count,
    unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Sysselsättning före och efter avslutad insats"
QUERIES = (_occupation.QUERY,)

_KINDS_TITLE = "Efter slag av sysselsättning"
_KINDS = {
    "work": _occupation.WORK,
    "subsidised_work": _occupation.SUBSIDISED_WORK,
    "studies": STUDIES,
    "job_seeking": JOB_SEEKING,
}
_SENTENCE = Told(
    "Efter insatsen arbetar och/eller studerar {after} av {base.enrolments} avslutade "
    "({share_after}), före den {before} av {all.before} med uppgift ({share_before}).",
    "occupation_kinds",
    "work_or_studies",
)
_SHARES_NOTE = (
    "Andel före är av dem med uppgift vid start, andel efter av alla avslutade: så räknade SUS. De "
    "utan uppgift vid start står utanför slutsumman."
)
_NOTES = (
    "En deltagare kan ha flera sysselsättningar och stå i flera rader; slutsumman är deltagare.",
    _SHARES_NOTE,
    "Uppgift saknas i den andra tabellen kallade SUS Ej avslutade.",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count what was done at start and at closure; a change is what is after less what was."""
    base = scope.bases["closed"]
    found = rows[_occupation.QUERY]
    closed = sum(row["enrolments"] for row in found)
    whole = (closed - unknown(found, START), closed)
    kinds = _kinds(found, scope.codes)
    return Section(
        id="occupation",
        title=TITLE,
        rule="Avslutade i perioden; sysselsättning vid start och vid avslut.",
        base=base,
        tables=(
            table("occupation", _groups(found), whole, by="occupation_group"),
            table("occupation_kinds", kinds, whole, by="occupation_kind")._replace(
                title=_KINDS_TITLE
            ),
        ),
        sentences=(_SENTENCE,),
        notes=_NOTES,
        warnings=check([closed], base, "Sysselsättningarna"),
        charts=(
            Chart("occupation", ("before", "after")),
            Chart("occupation_kinds", ("before", "after"), title=_KINDS_TITLE),
        ),
    )


def _groups(found: Sequence[Record]) -> tuple[Line, ...]:
    """Return the first layout: job-seekers are those who neither study nor work."""
    return (
        _line(
            "job_seeking",
            "Aktivt arbetssökande (som ej studerar eller arbetar)",
            found,
            lambda done: done == JOB_SEEKING,
        ),
        _line("employment", "Förvärvsarbete", found, any_of(EMPLOYED)),
        _line("studies", "Studier", found, any_of(STUDIES)),
        _neither(found),
        _missing(found, unknown(found, CLOSURE)),
    )


def _kinds(found: Sequence[Record], codes: Codes) -> tuple[Line, ...]:
    """Return the second layout: every kind by itself, and work or studies together."""
    unmeasured = unknown((row for row in found if row["unmeasured"]), CLOSURE)
    return (
        *(
            _line(key, label(codes, "occupation", key), found, any_of(kind))
            for key, kind in _KINDS.items()
        ),
        _neither(found),
        Line(
            "unmeasured", label(codes, "closure_reason", "unmeasured"), None, unmeasured, rare=True
        ),
        _missing(found, unknown(found, CLOSURE) - unmeasured),
        _line("work_or_studies", "Arbete och/eller studier", found, any_of(BUSY)),
    )


def _neither(found: Sequence[Record]) -> Line:
    """Return those who do something else or nothing; SUS had no row for them."""
    name = "Annat eller ingen sysselsättning"
    return _line("neither", name, found, lambda done: done == 0)._replace(rare=True)


def _missing(found: Sequence[Record], after: int) -> Line:
    before = unknown(found, START)
    return Line(MISSING_KEY, MISSING_LABEL, before, after, rare=True, outside=True)


def _line(key: str, name: str, found: Sequence[Record], is_it: Callable[[int], bool]) -> Line:
    return Line(key, name, count(found, START, is_it), count(found, CLOSURE, is_it))

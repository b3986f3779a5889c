"""Follow-up by telephone so many months after closure: who answered, and how it is with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.scope import After
from finsam_tui.report.sections import followup
from finsam_tui.report.sections._common import check, code_names
from finsam_tui.report.sections.helarsrapport._answered import OCCASIONS, Answered
from finsam_tui.text import short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Table
    from finsam_tui.report.scope import Query, Record, Rows, Scope

_AFTERCARE = Told(
    "{had.count} av dem som svarade har haft en punktinsats efter avslut.", "aftercare", "had"
)
_NOTES = (
    "Läget är vid varje tillfälle deras som har svarat, så att samma personer jämförs.",
    "En person kan ha flera försörjningar och sysselsättningar; då är raderna fler än svaren.",
)


def called(months: int) -> tuple[Query, ...]:
    """Return the queries of `response`."""
    return After("report_followup", months), After("report_further", months), "report_helar_next"


def queries(months: int) -> tuple[Query, ...]:
    """Return the queries of `section`."""
    return *called(months), After("report_answered", months)


def title(months: int) -> str:
    """Return what the section is called."""
    return f"Uppföljning {months} månader efter avslut"


def response(rows: Rows, scope: Scope, months: int) -> Section:
    """Tell what came of the calls due in the period, and what steps those who answered have taken.

    Where none was due it tells when the first will be.
    """
    counted = rows[After("report_followup", months)]
    made = followup.section({"report_followup": counted}, scope)
    made = made._replace(
        id=f"followup_{months}",
        title=title(months),
        rule=f"Samtal {months} månader efter avslut som förföll i perioden.",
        base=made.base._replace(of=f"due_{months}"),
    )
    calls = [row for row in counted if row["months"] is not None]
    if not calls:
        upcoming = _none_due(rows["report_helar_next"], months)
        return made._replace(tables=(), sentences=(), notes=(upcoming,))
    return made._replace(
        tables=(*made.tables, _further(_answered(rows, scope, months))),
        warnings=check((row["calls"] for row in calls), made.base, "Samtalen"),
    )


def section(rows: Rows, scope: Scope, months: int) -> Section:
    """Tell what came of the calls due in the period, and how it is with those who answered."""
    made = response(rows, scope, months)
    if not made.tables:
        return made
    *before, further = made.tables
    who = _answered(rows, scope, months)
    return made._replace(
        tables=(
            *before,
            who.at_each("responsible", "responsible_party", "Aktuell part"),
            who.at_each("step", "step", "Steg på processtrappan"),
            who.before_and_after("livelihood", "Försörjning"),
            who.before_and_after("occupation", "Sysselsättning"),
            further,
            who.listed("aftercare", {"had": "Har haft punktinsats"}, "Stöd efter avslut"),
        ),
        sentences=(*made.sentences, _AFTERCARE),
        notes=_NOTES,
        charts=tuple(Chart(id, OCCASIONS, "columns") for id in ("responsible", "step")),
    )


def _answered(rows: Rows, scope: Scope, months: int) -> Answered:
    calls = rows[After("report_followup", months)]
    return Answered(
        months,
        sum(row["calls"] for row in calls if row["came_to"] == followup.ANSWERED),
        [*rows[After("report_further", months)], *rows.get(After("report_answered", months), ())],
        scope.codes,
    )


def _further(who: Answered) -> Table:
    taken = (row["answer"] for row in who.told if row["asked"] == "further")
    names = code_names(who.codes, "further_step", taken)
    return who.listed("further", names, "Fler steg sedan avslutet")


def _none_due(upcoming: Sequence[Record], months: int) -> str:
    due = {row["months"]: row["due_date"] for row in upcoming}
    if str(months) not in due:
        return f"Ingen insats i urvalet följer upp {months} månader efter avslut."
    first = due[str(months)]
    if first is None:
        return "Inget samtal förföll i perioden, och inget är planerat efter den."
    when = short_date(date.fromisoformat(first))
    return f"Inget samtal förföll i perioden; det första efter den förfaller {when}."

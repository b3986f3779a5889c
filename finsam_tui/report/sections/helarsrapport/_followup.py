"""Follow-up by telephone so many months after closure: who answered, and how it is with them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.report import scope as scopes
from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.sections import followup
from finsam_tui.report.sections._common import check, code_names
from finsam_tui.report.sections.helarsrapport._answered import OCCASIONS, Answered
from finsam_tui.text import short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Table
    from finsam_tui.report.scope import Record, Rows, Scope

QUERIES = ("report_followup", "report_helar_followup", "report_helar_next")

_AFTERCARE = Told(
    "{had.count} av dem som svarade har haft en punktinsats efter avslut.", "aftercare", "had"
)
_NOTES = (
    "Läget är vid varje tillfälle deras som har svarat, så att samma personer jämförs.",
    "En person kan ha flera försörjningar och sysselsättningar; då är raderna fler än svaren.",
)


def title(months: int) -> str:
    """Return what the section is called."""
    return f"Uppföljning {months} månader efter avslut"


def section(rows: Rows, scope: Scope, months: int) -> Section:
    """Tell what came of the calls due in the period, and how it is with those who answered.

    Where none was due it tells when the first will be.
    """
    calls, told = (
        [row for row in rows[name] if row["months"] == str(months)]
        for name in ("report_followup", "report_helar_followup")
    )
    due = [row for row in told if row["asked"] == "due"]
    made = Section(
        id=f"followup_{months}",
        title=title(months),
        rule=f"Samtal {months} månader efter avslut som förföll i perioden.",
        base=scopes.base(due, "enrolments", "persons", of=f"due_{months}"),
    )
    if not calls:
        return made._replace(notes=(_none_due(rows["report_helar_next"], months),))
    response = followup.section({"report_followup": calls}, scope)
    count = sum(row["calls"] for row in calls if row["came_to"] == followup.ANSWERED)
    return made._replace(
        tables=(*response.tables, *_situation(Answered(months, count, told, scope.codes))),
        sentences=(*response.sentences, _AFTERCARE),
        notes=_NOTES,
        warnings=check((row["calls"] for row in calls), made.base, "Samtalen"),
        charts=tuple(Chart(id, OCCASIONS, "columns") for id in ("responsible", "step")),
    )


def _situation(who: Answered) -> tuple[Table, ...]:
    further = code_names(
        who.codes, "further_step", (row["answer"] for row in who.told if row["asked"] == "further")
    )
    return (
        who.at_each("responsible", "responsible_party", "Aktuell part"),
        who.at_each("step", "step", "Steg på processtrappan"),
        who.before_and_after("livelihood", "Försörjning"),
        who.before_and_after("occupation", "Sysselsättning"),
        who.listed("further", further, "Fler steg sedan avslutet"),
        who.listed("aftercare", {"had": "Har haft punktinsats"}, "Stöd efter avslut"),
    )


def _none_due(upcoming: Sequence[Record], months: int) -> str:
    due = {row["months"]: row["due_date"] for row in upcoming}
    if str(months) not in due:
        return f"Ingen insats i urvalet följer upp {months} månader efter avslut."
    first = due[str(months)]
    if first is None:
        return "Inget samtal förföll i perioden, och inget är planerat efter den."
    when = short_date(date.fromisoformat(first))
    return f"Inget samtal förföll i perioden; det första efter den förfaller {when}."

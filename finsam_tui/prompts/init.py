"""The interview that a new register begins with: the association, its lists, and who you are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.forms import catalogue
from finsam_tui.forms.form import Fault
from finsam_tui.prompts.form import SHORTCUTS, Walk, yes
from finsam_tui.storage.founding import Foundation, twin
from finsam_tui.storage.staff import COORDINATOR
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Collection

    from finsam_tui.forms.field import Context, Values
    from finsam_tui.prompts.lines import Lines

# The rest of a programme's questions are asked in the TUI, when there is something to say.
_ONLY = {"programme": ("id", "name", "months", "max_months")}
TAKEN = "Finns redan; välj ett annat."
SCREENING = (
    "Våldsscreeningen: svaren kan sparas fråga för fråga tills de gallras, eller så sparas bara "
    "utfallet. Samordnaren kan välja om."
)


def interview(lines: Lines, context: Context) -> Foundation:
    """Ask for all that a register begins with; `context` holds the default codes.

    Raises KeyboardInterrupt or EOFError where it is broken off: nothing has been made then.
    """
    lines.tell(f"Ett nytt register. Ctrl+C avbryter utan att något görs.\n{SHORTCUTS}\n")
    association = _first(lines, context, "association")
    municipalities = _several(lines, context, "municipality", "kommun")
    shares = [float(m["share"]) for m in municipalities if isinstance(m["share"], float)]
    if shares:
        lines.tell(f"Andelarna är tillsammans {number(sum(shares), 1)} %.")
    programmes = _several(lines, context, "programme", "insats")
    lines.tell("\nMedarbetare: först du själv.")
    you = _first(lines, context, "staff", role=context.codes.label("staff_role", COORDINATOR))
    others = _several(lines, context, "staff", "medarbetare", you)
    lines.tell(f"\n{SCREENING}")
    answers = yes(lines, "Spara svaren, och inte bara utfallet?")
    staff = (you, *others)
    return Foundation(association, municipalities, programmes, staff, str(you["id"]), answers)


def _several(
    lines: Lines, context: Context, form: str, word: str, *before: Values
) -> tuple[Values, ...]:
    """Return the records of a list, one after another until there are no more."""
    found: list[Values] = []
    lines.tell()
    while yes(lines, f"Lägga till en {word}{' till' if found or before else ''}?"):
        record = _record(lines, context, form, (*before, *found))
        if record is not None:
            found.append(record)
    return tuple(found)


def _first(lines: Lines, context: Context, form: str, **likely: str) -> Values:
    """Return the values of a record that there must be; `likely` are answers to begin with."""
    while True:
        record = _record(lines, context, form, (), **likely)
        if record is not None:
            return record


def _record(
    lines: Lines, context: Context, form: str, others: Collection[Values], **likely: str
) -> Values | None:
    """Return the values of a record like none of the `others`, None where it is thought better of.

    That is by going back from its first question.
    """
    asked = catalogue.form(form)
    begun = {**asked.defaults(context), **likely}
    walk = Walk(lines, asked, context, begun, only=_ONLY.get(form, ()))
    while (values := walk.values()) is not None:
        field = twin(form, values, others) if others else None
        if field is None:
            return values
        walk.mend([Fault(field, TAKEN)])
    return None

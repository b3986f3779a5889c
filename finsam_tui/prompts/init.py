"""The interview that a new register begins with: the association, its lists, and who you are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.forms import catalogue
from finsam_tui.forms.form import Fault
from finsam_tui.prompts.form import SHORTCUTS, Walk, yes
from finsam_tui.storage.founding import Foundation, twin
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Collection

    from finsam_tui.forms.field import Context, Value, Values
    from finsam_tui.prompts.lines import Lines

# The rest of a programme's questions are asked in the TUI, when there is something to say.
_ONLY = {"programme": ("id", "name", "months", "max_months")}
TAKEN = "Finns redan; välj ett annat."


def interview(lines: Lines, context: Context) -> Foundation:
    """Ask for all that a register begins with; `context` holds the default codes.

    Raises KeyboardInterrupt or EOFError where it is broken off: nothing has been made then.
    """
    lines.tell(f"Ett nytt register. Ctrl+C avbryter utan att något görs.\n{SHORTCUTS}\n")
    association = _record(lines, context, "association", ())
    municipalities = _several(lines, context, "municipality", "kommun")
    shares = [float(m["share"]) for m in municipalities if isinstance(m["share"], float)]
    if shares:
        lines.tell(f"Andelarna är tillsammans {number(sum(shares), 1)} %.")
    programmes = _several(lines, context, "programme", "insats")
    lines.tell("\nMedarbetare: först du själv.")
    you = _record(lines, context, "staff", ())
    others = _several(lines, context, "staff", "medarbetare", you)
    return Foundation(association, municipalities, programmes, (you, *others), str(you["id"]))


def _several(
    lines: Lines, context: Context, form: str, word: str, *before: Values
) -> tuple[Values, ...]:
    """Return the records of a list, one after another until there are no more."""
    found: list[Values] = []
    lines.tell()
    while yes(lines, f"Lägga till en {word}{' till' if found or before else ''}?"):
        found.append(_record(lines, context, form, (*before, *found)))
    return tuple(found)


def _record(
    lines: Lines, context: Context, form: str, others: Collection[Values]
) -> dict[str, Value]:
    """Return the values of one record that is like none of the `others`."""
    walk = Walk(lines, catalogue.form(form), context, only=_ONLY.get(form, ()))
    while True:
        values = walk.values()
        if values is None:  # there is nothing before the first question
            continue
        field = twin(form, values, others) if others else None
        if field is None:
            return values
        walk.mend([Fault(field, TAKEN)])

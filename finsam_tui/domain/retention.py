"""How long each kind of data is kept, and which day it falls due; an association may choose."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.dates import add_months
from finsam_tui.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_MONTHS = 600
NEVER = "aldrig"
NOT_AT_ALL = "0"


class Rule(NamedTuple):
    """A kind of data: `name` as typed, `title` what goes, `since` when its months begin.

    `least` is 0 where it can be chosen not to keep it at all.
    """

    kind: str
    name: str
    title: str
    since: str
    months: int
    least: int = 1

    @property
    def setting(self) -> str:
        """The key of the association's own choice."""
        return f"retention_{self.kind}"


# Why so long: see tui/help/sparning.md. A person goes with everything, so answers come after.
RULES = (
    Rule("person", "deltagare", "Deltagare, med allt om dem", "sista avslutet", 60),
    Rule("unstarted", "ej-start", "Deltagare som aldrig skrevs in", "sista aktualiseringen", 24),
    Rule("answers", "svar", "Våldsscreeningar, svar för svar", "screeningen", 24, 0),
    Rule("draft", "utkast", "Påbörjade formulär, inte sparade", "sista ändringen", 3),
)


def parse(text: str) -> tuple[Rule, str]:
    """Return what "deltagare=60" or "svar=aldrig" chooses, as rule and setting; FieldError."""
    name, _, value = text.partition("=")
    rule = next((rule for rule in RULES if rule.name == name), None)
    if rule is None:
        names = ", ".join(rule.name for rule in RULES)
        raise FieldError(f"Sorten ska vara {' eller '.join(names.rsplit(', ', 1))}.")
    most = len(str(MOST_MONTHS))
    number = int(value) if value.isascii() and value.isdecimal() and len(value) <= most else -1
    if value == NEVER:
        return rule, NEVER
    if not rule.least <= number <= MOST_MONTHS:
        months = f"{rule.least}–{MOST_MONTHS}"
        raise FieldError(f"Skriv {name}=MÅNADER, {months}, eller {name}={NEVER}.")
    return rule, str(number)


def months(of: Rule, chosen: Mapping[str, str]) -> int | None:
    """Return how many months a kind is kept, None for ever; `chosen` is setting → value."""
    value = chosen.get(of.setting, str(of.months))
    return None if value == NEVER else int(value)


def cutoff(today: date, kept: int) -> date:
    """Return the day before which what is kept so many months has fallen due.

    What is not kept at all is due whatever its day.
    """
    return add_months(today, -kept) if kept else date.max

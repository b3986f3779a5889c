"""How long each kind of data is kept, and which day it falls due; an association may choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.dates import add_months
from finsam_tui.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MOST_MONTHS = 600
NEVER = "aldrig"


class Rule(NamedTuple):
    """A kind of data: `name` as typed, `title` what goes, `since` when its months begin."""

    kind: str
    name: str
    title: str
    since: str
    months: int

    @property
    def setting(self) -> str:
        """The key of the association's own choice."""
        return f"retention_{self.kind}"


# Why so long: see tui/help/sparning.md. A person goes with everything, so answers come after.
RULES = (
    Rule("person", "deltagare", "Deltagare, med allt om dem", "sista avslutet", 60),
    Rule("unstarted", "ej-start", "Deltagare som aldrig skrevs in", "sista aktualiseringen", 24),
    Rule("answers", "svar", "Våldsscreeningar, svar för svar", "screeningen", 24),
    Rule("draft", "utkast", "Påbörjade formulär, inte sparade", "sista ändringen", 3),
)


def parse(text: str) -> tuple[Rule, str]:
    """Return what "deltagare=60" or "svar=aldrig" chooses, as rule and setting; FieldError."""
    name, _, value = text.partition("=")
    if value != NEVER and not (
        value.isascii() and value.isdecimal() and 1 <= int(value) <= MOST_MONTHS
    ):
        raise FieldError(f"Skriv SORT=MÅNADER, 1–{MOST_MONTHS}, eller SORT={NEVER}.")
    for rule in RULES:
        if rule.name == name:
            return rule, value
    raise FieldError(f"Sorten ska vara {' eller '.join(rule.name for rule in RULES)}.")


def months(of: Rule, chosen: Mapping[str, str]) -> int | None:
    """Return how many months a kind is kept, None for ever; `chosen` is setting → value."""
    value = chosen.get(of.setting, str(of.months))
    return None if value == NEVER else int(value)


def cutoff(today: date, kept: int) -> date:
    """Return the day before which what is kept so many months has fallen due."""
    return add_months(today, -kept)

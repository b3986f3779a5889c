"""Two people changed the same record: both versions, field by field, and a choice between them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, cast

from finsam_tui.text import DASH, safe, short_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from finsam_tui.errors import Conflict
    from finsam_tui.forms.codes import Codes
    from finsam_tui.forms.field import Value
    from finsam_tui.forms.form import Form
    from finsam_tui.prompts.lines import Lines


class Choice(Enum):
    """What is to stand."""

    MINE = "1"
    THEIRS = "2"
    BACK = "<"


def choose(
    lines: Lines, form: Form, codes: Codes, mine: Mapping[str, Value], conflict: Conflict
) -> Choice:
    """Show both versions and return what the user decides; nothing is changed here."""
    lines.tell(f"! {_heading(conflict)}")
    rows = list(differences(form, codes, mine, conflict.theirs))
    for label, own, other in rows:
        lines.tell(f"{label}\n  mina svar:  {own}\n  den andras: {other}")
    if not rows:
        lines.tell("Svaren i formuläret är lika; något annat i posten har ändrats.")
    lines.tell("  1 spara mina svar över den andras\n  2 behåll den andras, släng mina")
    while True:
        typed = lines.ask("1 eller 2, < backar:").strip()
        if typed in (choice.value for choice in Choice):
            return Choice(typed)
        lines.tell("! Svara 1, 2 eller <.")


def differences(
    form: Form, codes: Codes, mine: Mapping[str, Value], theirs: Mapping[str, object]
) -> Iterator[tuple[str, str, str]]:
    """Yield label, own answer and the other's, for the fields of `theirs` that differ."""
    for field in form.fields:
        if field.name not in theirs:
            continue
        versions = (mine.get(field.name), cast("Value", theirs[field.name]))
        own, other = (safe(field.show(v, codes), multiline=True) or DASH for v in versions)
        if own != other:
            yield field.label, own, other


def _heading(conflict: Conflict) -> str:
    who = safe(conflict.by) or "någon annan"
    if not conflict.at:
        return f"Posten har ändrats av {who}."
    at = datetime.fromisoformat(conflict.at).astimezone()
    return f"Posten ändrades av {who} {short_date(at.date())} {at:%H:%M}."

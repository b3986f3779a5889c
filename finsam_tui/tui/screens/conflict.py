"""Two people changed the same record: both versions, field by field, and a choice between them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from rich.text import Text
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from finsam_tui.text import safe, short_date
from finsam_tui.tui.keys import key
from finsam_tui.tui.widgets.form_words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from finsam_tui.errors import Conflict
    from finsam_tui.forms.field import Context, Value
    from finsam_tui.forms.form import Form


class Choice(Enum):
    """What is to stand."""

    MINE = "mine"
    THEIRS = "theirs"
    BACK = "back"


class Difference(NamedTuple):
    """One field that the two versions answer differently, as text."""

    label: str
    mine: str
    theirs: str


def differences(
    form: Form, context: Context, mine: Mapping[str, Value], theirs: Mapping[str, object]
) -> list[Difference]:
    """Return the fields that differ, in order; what `theirs` does not hold is not compared."""
    found = []
    for field in form.fields:
        if field.name not in theirs:
            continue
        other = theirs[field.name]
        value = cast("Value", tuple(other) if isinstance(other, list) else other)
        texts = [
            shown(field, field.show(version, context.codes)) or "–"
            for version in (mine.get(field.name), value)
        ]
        if texts[0] != texts[1]:
            found.append(Difference(field.label, *texts))
    return found


class ConflictScreen(ModalScreen[Choice]):
    """Shows both versions and returns the user's choice. Nothing is changed here."""

    CSS_PATH = "../styles/form.tcss"
    page: ClassVar[str] = "formular"
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "1",
            "choose('mine')",
            "Spara mina",
            "Sparar mina svar över den andras",
            id="conflict.mine",
        ),
        key(
            "2",
            "choose('theirs')",
            "Behåll den andras",
            "Behåller den andras svar och släpper mina",
            id="conflict.theirs",
        ),
        key(
            "escape",
            "choose('back')",
            "Tillbaka",
            "Går tillbaka till formuläret; inget sparas",
            id="conflict.back",
        ),
    ]

    def __init__(
        self, form: Form, context: Context, mine: Mapping[str, Value], conflict: Conflict
    ) -> None:
        super().__init__()
        self._conflict = conflict
        self._differences = differences(form, context, mine, conflict.theirs)

    def compose(self) -> ComposeResult:
        """Lay out who changed what, the two versions, and the choices."""
        with Vertical(id="conflict"):
            yield Static(self._heading(), id="conflict-heading")
            with VerticalScroll(id="conflict-versions"):
                yield Static(self._versions())
            yield Static(
                Text(
                    "1    Spara mina svar över den andras\n"
                    "2    Behåll den andras, släng mina\n"
                    "Esc  Tillbaka till formuläret, inget sparas"
                ),
                id="conflict-choices",
            )

    def _heading(self) -> Text:
        who, when = safe(self._conflict.by) or "någon annan", ""
        if self._conflict.at:
            at = datetime.fromisoformat(self._conflict.at).astimezone()
            when = f" {short_date(at.date())} {at:%H:%M}"
        return Text(f"Posten ändrades av {who}{when}, medan du skrev.")

    def _versions(self) -> Text:
        if not self._differences:
            return Text("Fälten i formuläret är lika; något annat i posten har ändrats.")
        text = Text()
        for label, mine, theirs in self._differences:
            text.append(f"{label}\n", style="bold")
            text.append(f"  mina:       {mine}\n  den andras: {theirs}\n")
        return text

    def action_choose(self, choice: str) -> None:
        """Return the choice."""
        self.dismiss(Choice(choice))

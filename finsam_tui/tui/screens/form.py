"""The screen of one form: fills it in, keeps the draft at every key, saves, settles conflicts.

Anyone can push it, for any form; it knows neither the register nor what happens afterwards. It is
dismissed with what came of it: `Saved`, `Left` or `TheirsTaken`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.screen import Screen

from finsam_tui.errors import Conflict, FinsamError
from finsam_tui.forms.field import Value
from finsam_tui.forms.form import Refused
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.conflict import Choice, ConflictScreen
from finsam_tui.tui.widgets.bars import KeyBar
from finsam_tui.tui.widgets.form_state import FormState
from finsam_tui.tui.widgets.form_view import FormView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.types import CSSPathType

    from finsam_tui.forms.field import Context
    from finsam_tui.forms.form import Form


@dataclass(frozen=True, slots=True)
class Saved:
    """The answers are saved; `result` is what the save returned. The draft has done its work."""

    result: object


@dataclass(frozen=True, slots=True)
class Left:
    """The form was left unsaved; `kept` says whether there is a draft to go on with."""

    kept: bool


@dataclass(frozen=True, slots=True)
class TheirsTaken:
    """Somebody else's version stands, by the user's choice; the draft is not wanted."""


FormResult = Saved | Left | TheirsTaken

# Saves the values; raises Conflict when the record has been changed. The second argument is the
# conflict that the user has seen and decided to write over, None at the first try.
Save = Callable[[Mapping[str, Value], Conflict | None], object]
# Keeps the draft: field → text, and the field in hand. Called whenever an answer changes.
Keep = Callable[[Mapping[str, str], str], None]

NOT_KEPT = "Svaren är inte sparade. Tryck Esc en gång till för att lämna ändå."
RESUMED = "Du fortsätter på ett utkast. Ctrl+X slänger det."
DISCARDS = "Tryck Ctrl+X en gång till för att slänga det du har skrivit."


class FormScreen(Screen[FormResult]):
    """A form to fill in. `beside` is for screens that show something next to it."""

    CSS_PATH: ClassVar[CSSPathType | None] = "../styles/form.tcss"
    page: ClassVar[str] = "formular"  # of the handbook
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "save", "Spara", "Sparar; fel visas ett i taget", id="form.save"),
        key("escape", "leave", "Lämna", "Lämnar formuläret, med utkastet kvar", id="form.leave"),
        key(
            "ctrl+x",
            "discard",
            "Släng",
            "Slänger utkastet; två gånger",
            id="form.discard",
            show=False,
        ),
    ]

    def __init__(  # noqa: PLR0913 - each may differ from form to form
        self,
        form: Form,
        context: Context,
        *,
        save: Save,
        keep: Keep | None = None,
        raws: Mapping[str, str] | None = None,
        field: str = "",
        resumed: bool = False,
        title: str = "",
        subtitle: str = "",
    ) -> None:
        """Show `form` with `raws` (None: its defaults), at `field` or the first.

        `resumed` says that the raws are a draft. `title` is the form's own where empty.
        """
        super().__init__()
        self.state = FormState(form, context, raws, field=field, resumed=resumed)
        self.state.message = RESUMED if resumed else ""
        self.view = FormView(self.state, title, subtitle, changed=self._keep)
        self._save_values, self._keep_raws = save, keep
        self._done = False

    def compose(self) -> ComposeResult:
        """Lay out the form, what stands beside it, and the keys."""
        with Horizontal(id="form-row"):
            yield from self.beside()
            yield self.view
        yield KeyBar()

    def beside(self) -> ComposeResult:
        """Yield what stands to the left of the form."""
        yield from ()

    def on_mount(self) -> None:
        """Put the keys in the form's hands."""
        self.view.focus()

    def keep_draft(self) -> None:
        """Keep what has been typed so far: the screen may go at once."""
        if self.state.touched:
            hand = self.state.hand
            self._keep(self.state.live(), hand.field.name if hand else "")

    def _keep(self, raws: Mapping[str, str], field: str) -> None:
        if self._keep_raws is None or self._done:  # a draft of what is saved would be offered again
            return
        try:
            self._keep_raws(raws, field)
        except FinsamError as error:
            self.view.tell(str(error))

    def action_save(self) -> None:
        """Save, or go to what stands in the way."""
        self.view.submit()

    def on_form_view_submitted(self, event: FormView.Submitted) -> None:
        """Save what can be saved."""
        event.stop()
        self._save(event.values, None)

    def _save(self, values: Mapping[str, Value], over: Conflict | None) -> None:
        if self._done:  # Enter was pressed twice
            return
        try:
            result = self._save_values(values, over)
        except Conflict as conflict:
            self._ask(values, conflict)
        except Refused as refused:
            self.view.refuse(refused.faults)
        except FinsamError as error:
            self.view.tell(str(error))
        else:
            self._leave_with(Saved(result))

    def _ask(self, values: Mapping[str, Value], conflict: Conflict) -> None:
        def settle(choice: Choice | None) -> None:
            if choice is Choice.MINE:
                self._save(values, conflict)
            elif choice is Choice.THEIRS:
                self._leave_with(TheirsTaken())
            else:
                self.view.tell("Inget är sparat; posten har ändrats av någon annan.")

        self.app.push_screen(
            ConflictScreen(self.state.form, self.state.answers.context, values, conflict), settle
        )

    def action_leave(self) -> None:
        """Leave; what has been typed is kept as a draft, or asked about where there are none."""
        touched = self.state.touched
        if touched and self._keep_raws is None and self.state.message != NOT_KEPT:
            self.view.tell(NOT_KEPT)
            return
        kept = touched and self._keep_raws is not None
        if kept:
            self.keep_draft()
        self._leave_with(Left(kept=kept))

    def action_discard(self) -> None:
        """Leave without a draft at the second key in a row: what has been typed is gone then."""
        if self.state.message == DISCARDS:
            self._leave_with(Left(kept=False))
        elif not self.state.question:
            self.view.tell(DISCARDS)

    def _leave_with(self, result: FormResult) -> None:
        self._done = True
        self.dismiss(result)

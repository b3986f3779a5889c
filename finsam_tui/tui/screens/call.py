"""The call: what one needs to know about the person, and the form that is filled in meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.form import FormScreen
from finsam_tui.tui.widgets.call_card import CallCardView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.types import CSSPathType

    from finsam_tui.forms.field import Context
    from finsam_tui.forms.form import Form
    from finsam_tui.storage.call_card import CallCard
    from finsam_tui.tui.app import FinsamApp
    from finsam_tui.tui.screens.form import Keep, Save

WIDE = 100  # columns that hold the card beside the form


class CallScreen(FormScreen):
    """A FormScreen with the person's card: to the left, or above where the screen is narrow."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["../styles/form.tcss", "../styles/call.tcss"]
    page = "samtal"
    BINDING_GROUP_TITLE = "Samtal"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+o", "card", "Kort", "Öppnar deltagarens kort ovanpå samtalet", id="call.card"),
    ]

    def __init__(  # noqa: PLR0913 - a form's own, and the card
        self,
        form: Form,
        context: Context,
        *,
        card: CallCard,
        behind: tuple[int, ...],
        save: Save,
        keep: Keep,
        raws: Mapping[str, str],
        field: str,
        resumed: bool,
        subtitle: str,
    ) -> None:
        """`behind` are the calls that have been made or passed by in the same sitting, by id."""
        super().__init__(
            form,
            context,
            save=save,
            keep=keep,
            raws=raws,
            field=field,
            resumed=resumed,
            subtitle=subtitle,
        )
        self.card, self.behind = card, behind

    def beside(self) -> ComposeResult:
        """Yield the card."""
        self._fold(self.app.size.width)
        yield CallCardView(self.card, self.state.answers.context.now)

    def action_card(self) -> None:
        """Show all that is known of the person; Esc comes back to the call."""
        cast("FinsamApp", self.app).show_person(self.card.participant_id)

    def on_resize(self, event: events.Resize) -> None:
        """Move the card to where there is room for it."""
        self._fold(event.size.width)

    def _fold(self, width: int) -> None:
        self.set_class(width < WIDE, "-narrow")

"""The call: what one needs to know about the person, and the form that is filled in meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from finsam_tui.tui.screens.form import FormScreen
from finsam_tui.tui.widgets.call_card import CallCardView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.types import CSSPathType
    from textual.app import ComposeResult

    from finsam_tui.forms.field import Context
    from finsam_tui.forms.form import Form
    from finsam_tui.storage.call_card import CallCard
    from finsam_tui.tui.screens.form import Keep, Save

WIDE = 100  # columns that hold the card beside the form


class CallScreen(FormScreen):
    """A FormScreen with the person's card: to the left, or above where the screen is narrow."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["../styles/form.tcss", "../styles/call.tcss"]
    page = "samtal"

    def __init__(  # noqa: PLR0913 - a form's own, and the card
        self,
        form: Form,
        context: Context,
        card: CallCard,
        *,
        save: Save,
        keep: Keep,
        raws: Mapping[str, str],
        field: str,
        resumed: bool,
    ) -> None:
        super().__init__(
            form, context, save=save, keep=keep, raws=raws, field=field, resumed=resumed
        )
        self._card = card

    def beside(self) -> ComposeResult:
        """Yield the card."""
        yield CallCardView(self._card, self.state.answers.context.now)

    def on_resize(self, event: events.Resize) -> None:
        """Move the card to where there is room for it."""
        self.set_class(event.size.width < WIDE, "-narrow")

"""What the screens of the house have in common: title above, what was told and the keys below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import Screen
from textual.worker import Worker  # noqa: TC002 - Textual reads the annotation of a handler

from finsam_tui.tui.keys import key
from finsam_tui.tui.widgets.bars import KeyBar, StatusLine, TitleBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from finsam_tui.storage.register import Register
    from finsam_tui.tui.app import FinsamApp
    from finsam_tui.tui.reader import Reader

T = TypeVar("T")
ResultT = TypeVar("ResultT")


class Place(Screen[ResultT]):
    """A screen of the house. Places are left as one goes elsewhere; forms stay where they are.

    `heading` is its title, `page` the page of the handbook that F1 shows.
    """

    heading: ClassVar[str]
    page: ClassVar[str]
    BINDING_GROUP_TITLE = "Alla skärmar"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "back", "Tillbaka", "Går tillbaka dit du kom ifrån", id="place.back")
    ]

    @property
    def house(self) -> FinsamApp:
        """The app, by its own type."""
        return cast("FinsamApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the bars around the screen's own widgets."""
        yield TitleBar(self.heading)
        yield from self.body()
        yield StatusLine()
        yield KeyBar()

    @property
    def has_under(self) -> bool:
        """Whether there is a screen under this one; the lowest is Textual's own, and empty."""
        return self in self.app.screen_stack[2:]

    def body(self) -> Iterable[Widget]:
        """Yield the screen's own widgets."""
        raise NotImplementedError

    def retitle(self, title: str) -> None:
        """Say something else than the heading at the top."""
        self.query_one(TitleBar).retitle(title)

    def on_screen_resume(self) -> None:
        """Read what is shown: it may have changed while another screen was on top."""
        if self.is_current:  # and not on its way out with those above it
            self.house.attempt(self.reload)

    def reload(self) -> None:
        """Read what is shown from the register."""

    def ask(
        self,
        job: Callable[[Register], T],
        done: Callable[[T], None],
        *,
        group: str,
        reader: Reader | None = None,
    ) -> None:
        """Hand `done` what `job` reads off this thread; of a group only the latest is answered.

        What takes long asks another `reader` than the one of the lists, so that they need not wait.
        """

        async def asked() -> None:
            done(await (reader or self.house.reader).ask(job))

        self.run_worker(asked(), group=group, exclusive=True, exit_on_error=False)

    def forget(self, group: str) -> None:
        """Want no answers any more to what has been asked in a group."""
        self.workers.cancel_group(self, group)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell what went wrong in the background."""
        self.house.report(event.worker)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer Esc only where there is something to go back to."""
        if action == "back":
            return self.has_under
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Leave for what is underneath."""
        self.dismiss()

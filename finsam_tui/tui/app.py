"""The house: its keys, its screens, and how one gets from one to the other.

What a screen does stands in `screens/`, what it looks like in `styles/`, what it reads and writes
in storage, and ways that lead through several forms in `flows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import App
from textual.worker import Worker, WorkerFailed, WorkerState

from finsam_tui import crash
from finsam_tui.errors import FinsamError, Locked
from finsam_tui.storage import session
from finsam_tui.tui.keys import key
from finsam_tui.tui.reader import Reader
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import BindingType
    from textual.command import Provider
    from textual.screen import Screen

    from finsam_tui.forms.codes import Codes
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id, Target
    from finsam_tui.tui.flows import Then

    Unlock = Callable[[str], Callable[[], Register]]

# What a key leads to → module of `screens` and its class; loaded when it is first wanted.
PLACES = {
    "today": ("today", "Today"),
    "people": ("people", "People"),
    "waiting": ("waiting", "Waiting"),
    "person": ("person", "Person"),
    "who": ("who", "Who"),
    "help": ("help", "Help"),
    "hidden": ("hidden", "Hidden"),
    "unlock": ("unlock", "Unlock"),
}
_SHUT = frozenset({"quit", "hide", "help_quit"})  # what works while the register is locked


def _palette() -> type[Provider]:
    from finsam_tui.tui.commands import Commands

    return Commands


@dataclass(frozen=True, slots=True)
class Told:
    """What the status line says."""

    text: str = ""
    warning: bool = False


class FinsamApp(App[int]):
    """finsam on screen.

    Without a `register` the passphrase is asked for. `unlock` turns it into a function that opens
    the register: the first is slow and runs in a thread of its own, the second in the screen's, for
    a connection is used where it was made. It raises WrongKey.
    """

    TITLE = "finsam"
    CSS_PATH = "styles/house.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f1", "help", "Hjälp", "Hjälp om skärmen du ser", id="app.help", priority=True),
        key("f2", "new_referral", "Ny", "Ny aktualisering", id="app.new", priority=True),
        key("f3", "go('people')", "Sök", "Söker deltagare", id="app.people", priority=True),
        key("f4", "go('today')", "Idag", "Det som ska göras nu", id="app.today", priority=True),
        key("f5", "next_call", "Ring", "Öppnar nästa samtal i kön", id="app.call", priority=True),
        key("f6", "go('waiting')", "Kö", "Väntelistan", id="app.waiting", priority=True),
        key("f8", "hide", "Dölj", "Döljer skärmen genast", id="app.hide", priority=True),
        key("f9", "lock", "Lås", "Låser registret genast", id="app.lock", priority=True),
        key("ctrl+p", "command_palette", "Allt", "Allt som går att göra", id="app.palette"),
        key("ctrl+r", "advice", "Rådgivning", "Rådgivande samtal", id="app.advice", show=False),
        key("ctrl+q", "quit", "Avsluta", "Avslutar finsam", id="app.quit", show=False),
    ]

    def __init__(
        self,
        register: Register | None = None,
        *,
        path: str = "",
        unlock: Unlock | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.path = path
        self.unlock = unlock
        self.clock = clock
        self.told = Told()
        self.user_name = ""
        self.staff: str | None = None
        self._held: Register | None = None
        self._reader: Reader | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        if register is not None:
            self.take(register)

    # The register

    @property
    def register(self) -> Register:
        """The open register; raises Locked."""
        if self._held is None:
            raise Locked("registret är låst; lås upp det igen.")
        return self._held

    @property
    def reader(self) -> Reader:
        """The thread that reads it for lists; raises Locked."""
        if self._reader is None:
            raise Locked("registret är låst; lås upp det igen.")
        return self._reader

    @property
    def codes(self) -> Codes:
        """The code lists of the register."""
        return self.register.codes

    def take(self, register: Register) -> None:
        """Work with an open register from now on."""
        self._held, self._reader = register, Reader(register)
        self.staff = session.staff_of(register.conn, register.user)
        self.user_name = register.codes.label("staff", self.staff) or register.user

    def release(self) -> None:
        """Close the register; its key leaves the process."""
        if self._reader is not None:
            self._reader.close()
        if self._held is not None:
            self._held.close()
        self._held = self._reader = None
        self.user_name = ""

    # Getting about

    def on_mount(self) -> None:
        """Begin with what there is to do, or with the passphrase."""
        self.go("unlock" if self._held is None else "today")

    @property
    def can_go_back(self) -> bool:
        """Whether there is a screen under this one."""
        return len(self.screen_stack) > 2  # noqa: PLR2004 - the lowest is Textual's own, and empty

    def go(self, place: str, *arguments: object) -> None:
        """Show a place. Other places are left for it; a form stays underneath, for Esc."""
        while isinstance(self.screen, Place):
            self.pop_screen()
        self.told = Told()
        self.show(place, *arguments)

    def show(self, place: str, *arguments: object) -> None:
        """Show a place on top of the present one."""
        module, name = PLACES[place]
        screens = import_module(f"finsam_tui.tui.screens.{module}")
        self.push_screen(cast("Screen[object]", getattr(screens, name)(*arguments)))

    def tell(self, text: str, *, warning: bool = False) -> None:
        """Say something on the status line."""
        from finsam_tui.tui.widgets.bars import StatusLine

        self.told = Told(text, warning)
        for line in self.screen.query(StatusLine):
            line.refresh()

    def open_form(
        self,
        target: Target,
        *,
        subtitle: str = "",
        raws: Mapping[str, str] | None = None,
        then: Then | None = None,
    ) -> None:
        """Open a form, or its draft; `then` is called with the id that was saved, or None.

        `raws` are answers that are known already: field → text.
        """
        from finsam_tui.tui import flows

        flows.open_form(self, target, subtitle=subtitle, raws=raws, then=then)

    def show_person(self, participant_id: int) -> None:
        """Show somebody's card on top of the present screen."""
        self.show("person", participant_id)

    def new_referral(self) -> None:
        """Ask whom a referral is about, and go on from there."""
        self.show("who")

    def next_call(self, after: Id | None = None) -> None:
        """Open the first call of the queue, or the one `after` the call that was put off."""
        from finsam_tui.tui import flows

        flows.next_call(self, after)

    # Keys

    def action_go(self, place: str) -> None:
        """Show one of the places that have a key."""
        self.go(place)

    def action_new_referral(self) -> None:
        """Take in a referral."""
        self.new_referral()

    def action_next_call(self) -> None:
        """Phone the first of the queue."""
        self.next_call()

    def action_advice(self) -> None:
        """Note an advice call, which is about nobody."""
        from finsam_tui.storage.target import Target

        self.open_form(Target("advice"))

    def action_help(self) -> None:
        """Show the page of the handbook about the present screen."""
        self.show("help", self.screen)

    def action_hide(self) -> None:
        """Show nothing until a key is pressed."""
        if not self.hidden:
            self.show("hidden")

    def action_lock(self) -> None:
        """Close the register and everything that shows what is in it; drafts are kept."""
        from finsam_tui.tui import flows

        flows.keep_drafts(self)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.release()
        self.show("unlock")

    def action_theme(self, name: str) -> None:
        """Change the colours."""
        self.theme = name

    def action_help_quit(self) -> None:
        """Ctrl+C ends nothing, for a hand slips easily."""
        self.tell("Ctrl+Q avslutar finsam; det du skrivit finns kvar som utkast.")

    @property
    def hidden(self) -> bool:
        """Whether the screen is hidden."""
        return self.screen.has_class("hidden")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow next to nothing while the register is locked or the screen hidden."""
        if self._held is None or (self.screen_stack and self.hidden):
            return action in _SHUT
        return super().check_action(action, parameters)

    # When something goes wrong

    async def run_action(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 - as Textual's
        """Do an action; what cannot be done is told, and one goes on."""
        try:
            return await super().run_action(*args, **kwargs)
        except FinsamError as error:
            self.tell(str(error), warning=True)
            return True

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell what went wrong in the background."""
        self.report(event.worker)

    def report(self, worker: Worker[object]) -> None:
        """Tell why a worker failed, if it did; nobody waits for it, so the house stands."""
        if worker.state is WorkerState.ERROR and worker.error is not None:
            self.tell(crash.explain(worker.error)[0], warning=True)

    def _handle_exception(self, error: Exception) -> None:
        """Leave at a fault in the program, for `run` to raise it.

        Textual would print local variables, and here those are people.
        """
        self._return_code = crash.EXIT_CODE
        if self._exception is None:
            cause = error.error if isinstance(error, WorkerFailed) else error
            self._exception = cause if isinstance(cause, Exception) else error
            self._exception_event.set()
        self._close_messages_no_wait()


def run(app: FinsamApp) -> int:
    """Run the app and return the exit status; a fault comes out as the exception that it was."""
    try:
        status = app.run()
    finally:
        app.release()
    if app._exception is not None:  # noqa: SLF001 - Textual has no other name for it
        raise app._exception  # noqa: SLF001
    return status or 0

"""What stands under the app: the open register, what is told, and what is done when things fail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.worker import Worker, WorkerState

from finsam_tui import crash
from finsam_tui.errors import FinsamError, Locked
from finsam_tui.storage import lock_time, staff
from finsam_tui.tui.frame import Frame
from finsam_tui.tui.reader import Reader
from finsam_tui.tui.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.forms.codes import Codes
    from finsam_tui.storage.register import Register
    from finsam_tui.tui.copying import Copies
    from finsam_tui.tui.widgets.form_view import FormView

    Unlocking = Callable[[str], Callable[[], Register]]

# What shows that somebody is there. A pointer that is moved may have been moved by a cat.
_SIGNS = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)

# What works while the register is locked or the screen hidden.
_ALWAYS = frozenset({"quit", "help_quit", "theme"})


@dataclass(frozen=True, slots=True)
class Told:
    """What the status line says."""

    text: str = ""
    warning: bool = False


class House(Frame[int]):
    """An app that holds the register, and shuts when it is locked.

    `unlock` turns a passphrase into a function that opens the register: the first is slow and runs
    in a thread of its own, the second in the screen's, for a connection is used where it was made.
    It raises WrongKey. `path` is where the register lies; `elapsed` tells seconds that nobody sets.
    `copies` are those of a register that has any; a demo has none.
    """

    copies: Copies | None = None
    by_enter = False  # whether no passphrase is needed: a key file opens it, or it is a demo

    def __init__(
        self,
        register: Register | None = None,
        *,
        path: str = "",
        unlock: Unlocking | None = None,
        clock: Callable[[], datetime] = datetime.now,
        elapsed: Callable[[], float] = lock_time.elapsed,
    ) -> None:
        super().__init__()
        self.elapsed = elapsed
        self._touched = elapsed()
        self._locks_after = lock_time.USUAL * 60.0
        self.path = path
        self.unlock = unlock
        self.clock = clock
        self.told = Told()
        self.user_name = ""
        self.staff: str | None = None
        self.own = False  # whether the work list and the calls are the user's own only
        self._held: Register | None = None
        self._reader: Reader | None = None
        self._counter: Reader | None = None
        if register is not None:
            self.take(register)

    # The register

    @property
    def locked(self) -> bool:
        """Whether there is no open register."""
        return self._held is None

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
    def counter(self) -> Reader:
        """The thread that makes reports, begun with the first; raises Locked."""
        if self._counter is None:
            self._counter = Reader(self.register)
        return self._counter

    @property
    def codes(self) -> Codes:
        """The code lists of the register."""
        return self.register.codes

    def take(self, register: Register) -> None:
        """Work with an open register from now on."""
        self._held, self._reader = register, Reader(register)
        self.meet()
        self._touched = self.elapsed()
        self.keep_time()

    def meet(self) -> None:
        """Read who is working."""
        working = staff.working(self.register)
        self.staff = working.id if working else None
        self.user_name = working.name if working else self.register.user

    def keep_time(self) -> None:
        """Read after how long the register locks itself."""
        self._locks_after = lock_time.minutes(self.register) * 60.0

    async def on_event(self, event: events.Event) -> None:
        """Take note of each sign of somebody at the keys."""
        if isinstance(event, _SIGNS):
            if self.is_idle:  # the timer has not come round yet; the key came too late
                self.lock()
            self._touched = self.elapsed()
        await super().on_event(event)

    @property
    def is_idle(self) -> bool:
        """Whether the register has stood open for too long with nobody at the keys."""
        return not self.locked and self.elapsed() - self._touched >= self._locks_after

    def lock_if_idle(self) -> None:
        """Lock the register where nobody is there."""
        if self.is_idle:
            self.lock()
            self.tell("Registret låstes, för ingen rörde tangenterna. Utkasten är sparade.")

    def lock(self) -> None:
        """Close the register and everything that shows what is in it."""
        raise NotImplementedError

    def release(self) -> None:
        """Close the register; its key leaves the process."""
        for reader in (self._reader, self._counter):
            if reader is not None:
                reader.close()
        if self._held is not None:
            self._held.close()
        self._held = self._reader = self._counter = self.staff = None
        self.user_name = ""

    # Copies

    def begin_copy(self) -> None:
        """Have a copy made of the register that is about to be closed, where one is due."""
        if self.copies and self._held:
            self.copies.begin(self._held)

    def watch_copies(self) -> None:
        """Tell how old the last copy is, and what went wrong with a new one."""
        if self.copies is None:
            return
        before = self.copies.text
        if wrong := self.copies.look():
            self.tell(f"Säkerhetskopian: {wrong}", warning=True)
        elif self.copies.text != before:
            self._draw_status()

    # Telling

    def tell(self, text: str, *, warning: bool = False) -> None:
        """Say something on the status line; a form, which has none, says what went wrong."""
        self.told = Told(sentence(text) if warning else text, warning)
        self._draw_status()
        if warning:
            for form in self.screen.query("FormView"):
                cast("FormView", form).tell(text)

    def _draw_status(self) -> None:
        for line in self.screen.query("StatusLine"):
            line.refresh(layout=True)

    def attempt(self, job: Callable[..., object], *arguments: object) -> None:
        """Do something; what cannot be done is told, and one goes on."""
        try:
            job(*arguments)
        except FinsamError as error:
            self.tell(str(error), warning=True)

    @property
    def hidden(self) -> bool:
        """Whether the screen is hidden."""
        return bool(self.screen_stack) and self.screen.has_class("hidden")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow next to nothing while the register is locked or the screen hidden."""
        if self.locked or self.hidden:
            return action in _ALWAYS
        return super().check_action(action, parameters)

    def action_help_quit(self) -> None:
        """Ctrl+C ends nothing, for a hand slips easily."""
        told = "Ctrl+Q avslutar finsam; det du skrivit finns kvar som utkast."
        self.tell(told, warning=True)

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

    def report(self, worker: Worker[Any]) -> None:
        """Tell why a worker failed, if it did; nobody waits for it, so the house stands."""
        if worker.state is WorkerState.ERROR and worker.error is not None:
            self.tell(crash.explain(worker.error)[0], warning=True)


def run(app: House) -> int:
    """Run the app, close the register and return the exit status; a fault is raised.

    Who leaves by the key has a copy made; a hang-up or a fault leaves at once.
    """
    try:
        status = app.finish() or 0
        if not status:
            app.begin_copy()
        return status
    finally:
        app.release()

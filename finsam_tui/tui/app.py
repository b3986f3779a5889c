"""The app, a table of contents: its keys, its screens, and how one gets from one to the other.

What a screen does stands in `screens/`, what it looks like in `styles/`, what it reads and writes
in storage; ways that lead through forms in `flows`, the register and faults in `house`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, cast

from finsam_tui.tui.house import House, Told, run
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import BindingType
    from textual.command import Provider
    from textual.screen import Screen

    from finsam_tui.storage.target import Target
    from finsam_tui.tui.flows import Then

__all__ = ["FinsamApp", "run"]

WATCH = 1.0  # seconds between two looks at whether anybody is there

# What a key leads to → module of `screens` and its class; loaded when it is first wanted.
PLACES = {
    "today": ("today", "Today"),
    "people": ("people", "People"),
    "person": ("person", "Person"),
    "waiting": ("waiting", "Waiting"),
    "report": ("report", "Report"),
    "records": ("records", "Records"),
    "association": ("records", "Association"),
    "code_lists": ("code_lists", "CodeLists"),
    "code_list": ("code_lists", "CodeList"),
    "who": ("who", "Who"),
    "help": ("help", "Help"),
    "hidden": ("hidden", "Hidden"),
    "unlock": ("unlock", "Unlock"),
}


def _palette() -> type[Provider]:
    from finsam_tui.tui.commands import Commands

    return Commands


class FinsamApp(House):
    """finsam on screen. Without a register the passphrase is asked for."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    BINDING_GROUP_TITLE = "Överallt"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f1", "help", "Hjälp", "Hjälp om skärmen du ser", id="app.help", priority=True),
        key("f2", "new_referral", "Ny", "Ny aktualisering", id="app.new", priority=True),
        key("f3", "go('people')", "Sök", "Söker deltagare", id="app.people", priority=True),
        key("f4", "go('today')", "Idag", "Det som ska göras nu", id="app.today", priority=True),
        key("f5", "next_call", "Ring", "Öppnar nästa samtal i kön", id="app.call", priority=True),
        key("f6", "go('waiting')", "Kö", "Väntelistan", id="app.waiting", priority=True),
        key("f7", "go('report')", "Rapport", "Siffrorna", id="app.report", priority=True),
        key("f8", "hide", "Dölj", "Döljer skärmen genast", id="app.hide", priority=True),
        key("f9", "lock", "Lås", "Låser registret genast", id="app.lock", priority=True),
        key("ctrl+p", "command_palette", "Allt", "Allt som går att göra", id="app.palette"),
        key(
            "ctrl+r",
            "advice",
            "Rådgivning",
            "Registrerar ett rådgivande samtal, utan person",
            id="app.advice",
            show=False,
            priority=True,
        ),
        key(
            "ctrl+q", "quit", "Avsluta", "Avslutar finsam", id="app.quit", show=False, priority=True
        ),
    ]

    keep_colours: Callable[[str], None] | None = None  # where they are to be remembered
    _warm = False

    def on_mount(self) -> None:
        """Begin with what there is to do, or with the passphrase."""
        self.set_interval(WATCH, self.lock_if_idle)
        self.set_interval(WATCH, self.watch_copies)
        self.watch_copies()
        self.go("unlock" if self.locked else "today")

    def warm_up(self) -> None:
        """Load what the first form and the first save need: called when the first list stands."""
        if self._warm:
            return
        self._warm = True
        from finsam_tui.tui.warm import load

        self.run_worker(load, thread=True, exit_on_error=False)

    # Getting about

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

    def open_form(
        self,
        target: Target,
        *,
        subtitle: str = "",
        raws: Mapping[str, str] | None = None,
        then: Then | None = None,
        field: str = "",
    ) -> None:
        """Open a form, or its draft; `then` is called with the id that was saved, or None.

        `raws` are answers that are known already: field → text. The subtitle is whom the form is
        about where none is given; it opens at `field`, or at the first.
        """
        from finsam_tui.tui import flows

        flows.open_form(self, target, subtitle=subtitle, raws=raws, then=then, field=field)

    def show_person(self, participant_id: int) -> None:
        """Show somebody's card on top of the present screen; that it was opened is noted."""
        from finsam_tui.storage.access import open_person

        open_person(self.register, participant_id)
        self.show("person", participant_id)

    def new_referral(self) -> None:
        """Ask whom a referral is about, and go on from there."""
        from finsam_tui.storage.access import refuse_reader

        refuse_reader(self.register)
        self.show("who")

    def open_call(self, follow_up_id: int) -> None:
        """Open a call to be made."""
        from finsam_tui.tui import calling

        calling.open_call(self, follow_up_id)

    def next_call(self) -> None:
        """Open the first call of the queue, or the one after the call that is open."""
        from finsam_tui.tui import calling

        calling.next_call(self)

    # Keys

    def action_go(self, place: str, *arguments: object) -> None:
        """Show one of the places that have a key, or stand in the palette."""
        self.go(place, *arguments)

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

    def action_own_association(self) -> None:
        """Change what the association is called."""
        from finsam_tui.storage.target import Target

        self.open_form(Target("association", record_id=1))

    def action_help(self) -> None:
        """Show the page of the handbook about the present screen."""
        self.show("help", self.screen)

    def action_page(self, name: str) -> None:
        """Show a page of the handbook that is about no screen."""
        self.show("help", self.screen, name)

    def action_hide(self) -> None:
        """Show nothing until a key is pressed."""
        self.show("hidden")

    def action_lock(self) -> None:
        """Lock the register at once."""
        self.lock()

    def action_lock_after(self, minutes: int) -> None:
        """Choose after how many minutes the register locks itself, for all who use it."""
        from finsam_tui.storage import lock_time

        lock_time.choose(self.register, minutes)
        self.keep_time()
        self.tell(f"Registret låses efter {minutes} minuter utan tangenttryck.")

    def action_screening_answers(self, keep: bool) -> None:  # noqa: FBT001 - as actions are given
        """Choose whether a violence screening's answers are kept, or only what it found."""
        from finsam_tui.storage import kept_answers

        left = kept_answers.choose(self.register, keep=keep)
        self.tell(kept_answers.told(keep=keep, left=left))

    def hang_up(self, status: int) -> None:
        """Leave because the terminal is gone, or somebody ends the process; drafts are kept."""
        from finsam_tui.tui import flows

        flows.keep_drafts(self)
        self.exit(status)

    def lock(self) -> None:
        """Close the register and everything that shows what is in it; drafts are kept."""
        from finsam_tui.tui import flows

        flows.keep_drafts(self)
        self.told = Told()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.begin_copy()
        self.release()
        self.show("unlock")

    def action_command_palette(self) -> None:
        """Show all that can be done here."""
        from finsam_tui.tui.commands import PALETTE, palette

        if self.screen.id != PALETTE:
            self.push_screen(palette())

    def action_theme(self, name: str) -> None:
        """Change the colours, and remember them."""
        self.theme = name
        if self.keep_colours:
            self.keep_colours(name)

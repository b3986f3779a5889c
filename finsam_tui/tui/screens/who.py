"""Whom is the referral about? Somebody in the register, somebody new, or nobody yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from finsam_tui.storage.people import PersonRow
from finsam_tui.tui import flows
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.people import COLUMNS, People
from finsam_tui.tui.widgets.record_list import RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget


def _line(text: str) -> PersonRow:
    return PersonRow(0, text, None, None, None, None, (), None, "new")


NEW = _line("+ Ny deltagare")
NOBODY = _line("+ Utan person")


class Who(People):
    """The list of people, and after those who match: somebody new, and nobody."""

    heading = "Ny aktualisering: vem gäller den?"
    page = "aktualisering"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+n", "new", "Ny deltagare", "Registrerar en ny deltagare", id="who.new"),
        key("ctrl+o", "nobody", "Utan person", "Aktualisering utan person", id="who.nobody"),
    ]

    def body(self) -> Iterable[Widget]:
        """Yield the list."""
        self.list = RecordList(
            COLUMNS, noun=("val", "val"), empty="", prompt="Namn, nummer eller telefon:"
        )
        yield self.list

    def show_found(self, window: Window[PersonRow], *, restart: bool) -> None:
        """Show what was found and, last, the two ways on without it."""
        if not window.counted:  # where they stand is not known yet
            super().show_found(window, restart=restart)
            return

        def fetch(offset: int, limit: int) -> Sequence[PersonRow]:
            rows = list(window.fetch(offset, limit)) if offset < window.count else []
            ways = [NEW, NOBODY][max(0, offset - window.count) :] if len(rows) < limit else []
            return [*rows, *ways][:limit]

        first = [*window.first, NEW, NOBODY] if len(window.first) == window.count else window.first
        super().show_found(Window(window.count + 2, fetch, first), restart=restart)

    def choose(self, row: PersonRow) -> None:
        """Go on with the one chosen."""
        if row is NEW:
            self.action_new()
        else:
            self._leave_for(row.participant_id)

    def action_new(self) -> None:
        """Register whom was searched for."""
        house, raws = self.house, prefill(self.list.filter)
        house.pop_screen()
        flows.register_person(house, raws)

    def action_nobody(self) -> None:
        """Take in a referral that is not about anybody in the register."""
        self._leave_for(0)

    def _leave_for(self, participant_id: int) -> None:
        house = self.house
        house.pop_screen()
        flows.refer(house, participant_id)


def prefill(text: str) -> dict[str, str]:
    """Return the answers of the participant form that a search has given already."""
    text = text.strip()
    if not text:
        return {}
    if any(char.isdecimal() for char in text):
        digits = sum(char.isdecimal() for char in text)
        telephone = text.startswith(("07", "+", "00")) or digits < 10  # noqa: PLR2004 - a number's
        return {"phone" if telephone else "personal_id": text}
    last, comma, first = text.partition(",")
    if not comma:
        first, _, last = text.partition(" ")
    names = {"first_name": first.strip(), "last_name": last.strip()}
    return {name: given for name, given in names.items() if given}

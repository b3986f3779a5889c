"""Deltagare: everybody, found as one types a name or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage.people import STATUS_LABELS, PersonRow, people, people_count
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.record_list import BLOCK, Column, RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from finsam_tui.storage.register import Register
    from finsam_tui.tui.messages import Chosen, Filtered


def _status(row: PersonRow) -> str:
    return STATUS_LABELS[row.status] if row.participant_id else ""


COLUMNS: tuple[Column[PersonRow], ...] = (
    Column("Namn", lambda row: row.name),
    Column("Född", lambda row: str(row.birth_year or ""), width=4),
    Column("Telefon", lambda row: row.phone or "", width=13),
    Column("Kommun", lambda row: row.municipality or "", width=12, from_width=100),
    Column("Läge", _status, width=12),
    Column("Insats", lambda row: ", ".join(row.programmes), width=18),
    Column("Coach", lambda row: row.coach or "", width=16, from_width=116, tone="muted"),
)


class People(Place[None]):
    """The list of people."""

    heading = "Deltagare"
    page = "deltagare"

    def body(self) -> Iterable[Widget]:
        """Yield the list."""
        self.list = RecordList(
            COLUMNS,
            noun=("deltagare", "deltagare"),
            empty="Ingen heter så. Pröva början av namnet, eller några siffror av numret.",
            prompt="Sök namn, personnummer eller telefon:",
        )
        yield self.list

    def reload(self) -> None:
        """Read the page in hand again."""
        self.search(restart=False)

    def on_filtered(self, _event: Filtered) -> None:
        """Search for what stands there now."""
        self.search(restart=True)

    def search(self, *, restart: bool) -> None:
        """Read the first rows that match, and how many there are."""
        text, today = self.list.filter, self.house.clock().date()

        def found(register: Register) -> tuple[int, Sequence[PersonRow]]:
            first = people(register, text, today, limit=BLOCK)
            full = len(first) == BLOCK
            return people_count(register, text, today) if full else len(first), first

        def fetch(offset: int, limit: int) -> Sequence[PersonRow]:
            return people(self.house.register, text, today, limit=limit, offset=offset)

        def show(answer: tuple[int, Sequence[PersonRow]]) -> None:
            self.show_found(Window(answer[0], fetch, answer[1]), restart=restart)

        self.ask(found, show, group="list")

    def show_found(self, window: Window[PersonRow], *, restart: bool) -> None:
        """Show what was found."""
        self.list.show(window, restart=restart)

    def on_chosen(self, event: Chosen) -> None:
        """Go on with the one chosen."""
        self.house.attempt(self.choose, event.row)

    def choose(self, row: PersonRow) -> None:
        """Open the card."""
        self.house.show_person(row.participant_id)

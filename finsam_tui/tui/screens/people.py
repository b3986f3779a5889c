"""Deltagare: everybody, found as one types a name or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage.budget import within
from finsam_tui.storage.people import STATUS_LABELS, PersonRow, people, people_count
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.columns import Column
from finsam_tui.tui.widgets.record_list import BLOCK, RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from finsam_tui.storage.register import Register
    from finsam_tui.tui.messages import Chosen, Filtered
AT_ONCE = 0.012  # seconds that a search may keep the screen waiting


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
        """Show those who match: at once if that takes no longer than a key press may."""
        text, today, house = self.list.filter, self.house.clock().date(), self.house

        def fetch(offset: int, limit: int) -> Sequence[PersonRow]:
            return people(house.register, text, today, limit=limit, offset=offset)

        def first(register: Register) -> Sequence[PersonRow]:
            return people(register, text, today, limit=BLOCK)

        def show(rows: Sequence[PersonRow], count: int | None, *, restart: bool) -> None:
            window = Window(len(rows) if count is None else count, fetch, rows, count is not None)
            self.show_found(window, restart=restart)

        def counted(register: Register) -> tuple[Sequence[PersonRow], int]:
            rows = first(register) if found is None else found
            full = len(rows) == BLOCK
            return rows, people_count(register, text, today) if full else len(rows)

        self.forget("list")
        found = within(AT_ONCE, house.register, first)
        all_here = found is not None and len(found) < BLOCK
        if found is not None:
            show(found, len(found) if all_here else None, restart=restart)
        if not all_here:
            again = restart and found is None
            self.ask(counted, lambda answer: show(*answer, restart=again), group="list")

    def show_found(self, window: Window[PersonRow], *, restart: bool) -> None:
        """Show what was found."""
        self.list.show(window, restart=restart)

    def on_chosen(self, event: Chosen) -> None:
        """Go on with the one chosen."""
        self.house.attempt(self.choose, event.row)

    def choose(self, row: PersonRow) -> None:
        """Open the card."""
        self.house.show_person(row.participant_id)

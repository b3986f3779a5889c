"""Underlag: the records of the years that are about no person, form by form, to add and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from finsam_tui.forms import catalogue
from finsam_tui.storage import annual, records
from finsam_tui.storage.target import Target
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.columns import Column
from finsam_tui.tui.widgets.record_list import BLOCK, RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from finsam_tui.storage.register import Register
    from finsam_tui.tui.messages import Chosen

# Form → what its list is called.
TITLES = {
    "programme_year": "Insatsernas år: budget, utfall, avvikelser",
    "goal": "Mål",
    "structural_event": "Strukturinsatser",
    "questionnaire": "Enkäter",
    "comparison": "Andras siffror",
}
# What a new record has in common with the one in hand: a pile of paper is about one programme.
_AS_BEFORE = {"questionnaire": ("programme", "occasion", "year")}


class Records(Place[None]):
    """The list of one form's records."""

    heading = "Underlag"
    page = "underlag"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "new", "Ny", "Lägger till en ny", id="records.new"),
    ]

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form

    def body(self) -> Iterable[Widget]:
        """Yield the list."""
        self.list = RecordList[annual.Line](
            [
                Column("År", lambda row: str(row.year or ""), width=4),
                Column("Insats", lambda row: row.programme, width=20),
                Column("Uppgift", lambda row: row.told),
            ],
            noun=("rad", "rader"),
            empty="Det finns inga än. n lägger till en.",
        )
        yield self.list

    def on_mount(self) -> None:
        """Say which records these are."""
        self.retitle(f"{self.heading}: {TITLES[self.form]}")

    def reload(self) -> None:
        """Read the records."""

        def found(register: Register) -> tuple[int, list[annual.Line]]:
            return annual.count(register, self.form), annual.lines(register, self.form, limit=BLOCK)

        def fetch(offset: int, limit: int) -> Sequence[annual.Line]:
            return annual.lines(self.house.register, self.form, limit=limit, offset=offset)

        def show(answer: tuple[int, list[annual.Line]]) -> None:
            self.list.show(Window(answer[0], fetch, answer[1]))

        self.ask(found, show, group="list")

    def on_chosen(self, event: Chosen) -> None:
        """Open the record."""
        target = Target(self.form, record_id=event.row.record_id)
        self.house.attempt(self.house.open_form, target)

    def action_new(self) -> None:
        """Open an empty form, but for what it has in common with the record in hand."""
        self.house.open_form(Target(self.form), raws=self._common())

    def _common(self) -> dict[str, str]:
        if self.list.row is None or self.form not in _AS_BEFORE:
            return {}
        form, house = catalogue.form(self.form), self.house
        values = records.load(house.register, form, self.list.row.record_id).values
        return {n: form.by_name[n].show(values[n], house.codes) for n in _AS_BEFORE[self.form]}

"""Underlag, and what the association is made of: records about no person, to add and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from finsam_tui.forms import catalogue
from finsam_tui.storage import association, lists, records
from finsam_tui.storage.target import Target
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.bars import TitleBar
from finsam_tui.tui.widgets.columns import Column
from finsam_tui.tui.widgets.record_list import BLOCK, RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id
    from finsam_tui.tui.messages import Chosen

# What a new record has in common with the one in hand: a pile of paper is about one programme.
_AS_BEFORE = {"questionnaire": ("programme", "occasion", "year")}


class Records(Place[None]):
    """The list of one form's records: those of the years. `titles` is form → what it is called."""

    heading = "Underlag"
    page = "underlag"
    titles: ClassVar[Mapping[str, str]] = {
        "programme_year": "Insatsernas år (budget, utfall)",
        "goal": "Mål",
        "structural_event": "Strukturinsatser",
        "questionnaire": "Enkäter",
        "comparison": "Andras siffror",
    }
    cells: ClassVar[tuple[tuple[str, int], tuple[str, int]]] = (("År", 4), ("Insats", 20))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "new", "Ny", "Lägger till en ny", id="records.new"),
    ]

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form

    def body(self) -> Iterable[Widget]:
        """Yield the list."""
        (first, narrow), (second, wide) = self.cells
        self.list = RecordList[lists.Line](
            [
                Column(first, lambda row: row.first, width=narrow),
                Column(second, lambda row: row.second, width=wide),
                Column("Uppgift", lambda row: row.told),
            ],
            noun=("rad", "rader"),
            empty="Det finns inga än. n lägger till en.",
        )
        yield self.list

    def on_mount(self) -> None:
        """Say which records these are."""
        self.retitle(f"{self.heading}: {self.called}")

    @property
    def called(self) -> str:
        """What these records are called."""
        return self.titles[self.form]

    def reload(self) -> None:
        """Read the records."""
        self.ask(self.found, self.list.show, group="list")

    def found(self, register: Register) -> Window[lists.Line]:
        """Return the records, read as they are looked at."""
        today = self.house.clock().date()

        def page(register: Register, offset: int, limit: int) -> Sequence[lists.Line]:
            return lists.lines(register, self.form, today, limit=limit, offset=offset)

        def fetch(offset: int, limit: int) -> Sequence[lists.Line]:
            return page(self.house.register, offset, limit)

        return Window(lists.count(register, self.form), fetch, page(register, 0, BLOCK))

    def on_chosen(self, event: Chosen) -> None:
        """Open the record."""
        self.house.attempt(self.open, event.row.record_id)

    def open(self, record_id: Id) -> None:
        """Open the form of a record."""
        self.house.open_form(Target(self.form, record_id=record_id))

    def action_new(self) -> None:
        """Open an empty form, but for what it has in common with the record in hand."""
        self.house.open_form(Target(self.form), raws=self._common())

    def _common(self) -> dict[str, str]:
        if self.list.row is None or self.form not in _AS_BEFORE:
            return {}
        form, house = catalogue.form(self.form), self.house
        values = records.load(house.register, form, self.list.row.record_id).values
        return {n: form.by_name[n].show(values[n], house.codes) for n in _AS_BEFORE[self.form]}


class Association(Records):
    """The list of the association's colleagues, programmes or municipalities."""

    heading = "Förbundet"
    page = "forbundet"
    titles: ClassVar[Mapping[str, str]] = {
        "staff": "Medarbetare",
        "programme": "Insatser",
        "municipality": "Kommuner",
    }
    cells: ClassVar[tuple[tuple[str, int], tuple[str, int]]] = (("Kortnamn", 8), ("Namn", 22))

    def open(self, record_id: Id) -> None:
        """Open the form, and tell afterwards what somebody who has stopped leaves behind."""

        def then(saved: Id | None) -> None:
            if saved is not None and self.form == "staff":
                self.house.attempt(self._tell, saved)

        self.house.open_form(Target(self.form, record_id=record_id), then=then)

    def _tell(self, staff: Id) -> None:
        house = self.house
        house.meet()  # it may be who is working
        self.query_one(TitleBar).refresh()
        left = association.left_behind(house.register, staff, house.clock().date())
        if left:
            house.tell(left, warning=True)

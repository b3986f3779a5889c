"""Idag: what to do now, by weight. Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage import today
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.record_list import Column, RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget


class Today(Place):
    """The work list."""

    heading = "Idag"
    page = "today"

    def body(self) -> Iterable[Widget]:
        """Yield the list."""
        self.list = RecordList[today.Item](
            [
                Column("Vad", lambda item: item.text),
                Column("Vem", lambda item: item.name, width=24),
                Column("Insats", lambda item: item.programme, width=20, from_width=100),
                Column("Coach", lambda item: item.coach or "", width=18, from_width=110),
            ],
            noun="att göra",
            empty="Inget att göra just nu.",
            prompt="Sök:",
        )
        yield self.list

    def reload(self) -> None:
        """Read the list."""
        now = self.house.clock()
        self.ask(lambda register: today.today(register, now), self._show, group="list")

    def _show(self, found: today.Today) -> None:
        self.list.show(Window.of(found.items))

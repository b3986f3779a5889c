"""Kodlistor: the lists that the association may change, and one of them with its codes in order."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, ClassVar

from finsam_tui.forms.code_rules import STEP
from finsam_tui.storage import own_codes, verbs
from finsam_tui.storage.target import Target
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.records import Association
from finsam_tui.tui.widgets.record_list import Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

    from finsam_tui.storage.lists import Line
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id

TITLE = "Kodlistor"


class CodeLists(Association):
    """The lists: Enter leads to the codes of one."""

    titles: ClassVar[Mapping[str, str]] = {own_codes.CODE: TITLE}
    cells: ClassVar[tuple[tuple[str, int], tuple[str, int]]] = (("Koder", 5), ("Lista", 34))

    def __init__(self) -> None:
        super().__init__(own_codes.CODE)

    def found(self, register: Register) -> Window[Line]:
        """Return the lists."""
        return Window.of(own_codes.overview(register))

    def open(self, record_id: Id) -> None:
        """Show the codes of a list."""
        self.house.show("code_list", str(record_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No list is added: the program asks for those that there are."""
        return action != "new" and super().check_action(action, parameters)


class CodeList(Association):
    """The codes of the list `name`, those that are not offered any more among them."""

    heading = TITLE
    cells: ClassVar[tuple[tuple[str, int], tuple[str, int]]] = (("Nr", 2), ("Namn", 40))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("u", "shift(-1)", "Upp", "Flyttar koden ett steg upp", id="code_list.up"),
        key("d", "shift(1)", "Ner", "Flyttar koden ett steg ner", id="code_list.down"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(own_codes.CODE)
        self.code_list = name

    @property
    def called(self) -> str:
        """What the list is called."""
        return self.house.codes.label(own_codes.LISTS, self.code_list)

    def found(self, register: Register) -> Window[Line]:
        """Return the codes."""
        return Window.of(own_codes.lines(register, self.code_list))

    def open(self, record_id: Id) -> None:
        """Open the form of a code."""
        target = Target(self.form, record_id=record_id)
        self.house.open_form(target, subtitle=self.called, field="label")

    def action_new(self) -> None:
        """Open the form of a new code in this list, a step at the top of the ladder."""
        raws = {"list": self.called}
        if self.code_list == STEP:
            raws["level"] = str(self.list.count + 1)
        target = Target(self.form, owner_id=zlib.crc32(self.code_list.encode()))  # a draft a list
        self.house.open_form(target, raws=raws, field="label")

    def action_shift(self, by: int) -> None:
        """Let the code in hand change places with the next one."""
        if self.list.row is None:
            return
        if verbs.move_code(self.house.register, self.list.row.record_id, by):
            self.list.action_move(by)
            self.reload()

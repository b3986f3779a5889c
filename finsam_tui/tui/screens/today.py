"""Idag: what to do now, by weight, and drafts to go on with. Enter does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from finsam_tui.storage import today
from finsam_tui.storage.target import Target
from finsam_tui.text import fold, number, plural
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.columns import Column
from finsam_tui.tui.widgets.page import Page
from finsam_tui.tui.widgets.page import line as text_line
from finsam_tui.tui.widgets.record_list import RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from finsam_tui.storage.register import Register
    from finsam_tui.tui.messages import Chosen, Filtered

FIRST = 50  # calls that are read before anything else: what fits on the screen, and more
MOST = 500  # of each kind
BETWEEN = " · "

# What Enter opens, by kind of gap: the form, and what is known already.
_FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "gap_screening": ("screening", {}),
    "gap_ors_start": ("ors", {"occasion": "start"}),
    "gap_ors_closure": ("ors", {"occasion": "avslut"}),
    "gap_plan": ("plan", {}),
    "gap_assessment": ("assessment", {}),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a draft to go on with, or an item."""

    mark: str
    text: str
    name: str
    programme: str = ""
    coach: str = ""
    item: today.Item | None = None
    draft: Target | None = None
    folded: str = field(init=False)  # what a search looks in; made by the thread that reads

    def __post_init__(self) -> None:
        text = fold(f"{self.text} {self.name} {self.programme} {self.coach}")
        object.__setattr__(self, "folded", text)


class Today(Place[None]):
    """The work list."""

    heading = "Idag"
    page = "idag"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right", "card", "Kort", "Öppnar deltagarens kort", id="today.card"),
        key("tab", "own", "Mina/alla", "Visar bara dina egna, eller allas", id="today.own"),
    ]

    def body(self) -> Iterable[Widget]:
        """Yield the list."""
        self._lines: Sequence[Line] = ()
        self._filter = ""
        self.list = RecordList[Line](
            [
                Column("  Vad", lambda row: f"{row.mark or ' '} {row.text}"),
                Column("Vem", lambda row: row.name, width=22),
                Column("Insats", lambda row: row.programme, width=16, from_width=100),
                Column("Coach", lambda row: row.coach, width=14, from_width=116, tone="muted"),
            ],
            noun=("att göra", "att göra"),
            empty="Inget att göra just nu.",
            prompt="Sök:",
        )
        self.counts = Page(id="today-counts")
        yield from (self.counts, self.list)

    def reload(self) -> None:
        """Show drafts and calls at once, which indexes give; the rest once they have been drawn."""
        if self._lines:
            self._read_all()
            return
        house = self.house
        staff = house.staff if house.own else None
        first = today.call_items(house.register, house.clock(), staff=staff, limit=FIRST)
        if first:
            self._show([*_drafts(house.register), *_lines(first)])
        self.call_after_refresh(self._read_all)

    def _read_all(self) -> None:
        now, staff = self.house.clock(), self.house.staff if self.house.own else None

        def everything(register: Register) -> tuple[list[Line], dict[today.Kind, int]]:
            found = today.today(register, now, staff=staff, limit=MOST)
            return [*_drafts(register), *_lines(found.items)], found.counts

        self.ask(everything, self._all, group="list")

    def _all(self, found: tuple[list[Line], dict[today.Kind, int]]) -> None:
        lines, counts = found
        self.retitle("Idag, mina" if self.house.own else "Idag")
        self.counts.show([text_line(_counted(counts), "strong")])
        self._show(lines)
        self.call_after_refresh(self.house.warm_up)

    def _show(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        words = fold(self._filter).split()
        found = [line for line in lines if all(word in line.folded for word in words)]
        self.list.show(Window.of(found))

    def on_filtered(self, event: Filtered) -> None:
        """Narrow the list."""
        self._filter = event.text
        self._show(self._lines)

    def on_chosen(self, event: Chosen) -> None:
        """Do what the line says."""
        self.house.attempt(self._do, event.row)

    def _do(self, line: Line) -> None:
        from finsam_tui.tui import flows  # not before the list stands

        house, item = self.house, line.item
        if line.draft:
            flows.resume(house, line.draft)
        elif item is None:
            return
        elif item.follow_up_id:
            house.open_call(item.follow_up_id)
        elif item.kind in _FORMS and item.enrolment_id:
            form, raws = _FORMS[item.kind]
            house.open_form(Target(form, owner_id=item.enrolment_id), raws=raws)
        elif item.participant_id:
            house.show_person(item.participant_id)
        elif item.referral_id:
            house.open_form(Target("referral", record_id=item.referral_id))

    def action_card(self) -> None:
        """Open the card of whom the line is about."""
        line = self.list.row
        if line and line.item and line.item.participant_id:
            self.house.show_person(line.item.participant_id)

    def action_own(self) -> None:
        """Change between one's own and everybody's."""
        self.house.own = not self.house.own
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer "mine" to those who have some."""
        if action == "own":
            return self.house.staff is not None
        return super().check_action(action, parameters)


def _lines(items: Iterable[today.Item]) -> list[Line]:
    return [
        Line(
            "!" if item.overdue else "",
            item.text,
            item.name,
            item.programme,
            item.coach or "",
            item,
        )
        for item in items
    ]


def _counted(counts: dict[today.Kind, int]) -> str:
    """Return how much there is to do, in a line."""
    late = counts["call_overdue"]
    calls = plural(late + counts["call_due"], "samtal", "samtal")
    gaps = sum(count for kind, count in counts.items() if kind.startswith("gap_"))
    told = [
        plural(counts["callback"], "ring åter", "ring åter") if counts["callback"] else "",
        f"{calls} ({number(late)} sena)" if late else calls,
        plural(counts["time_limit"], "tidsgräns", "tidsgränser"),
        plural(gaps, "lucka", "luckor"),
        f"{number(counts['waiting'])} i kö" if counts["waiting"] else "",
    ]
    return BETWEEN.join(part for part in told if part)


def _drafts(register: Register) -> list[Line]:
    """Return the user's drafts as the first lines; what that takes is loaded if there are any."""
    if not register.sql("SELECT 1 FROM draft WHERE user = ?", (register.user,)).fetchone():
        return []
    from finsam_tui.storage import access, drafts, subjects

    return [
        Line(
            "»",
            f"Fortsätt: {_title(draft.target.form)}, "
            f"utkast {datetime.fromisoformat(draft.changed_at):%d/%m kl. %H:%M}",
            subjects.name_of(register, draft.target),
            draft=draft.target,
        )
        for draft in drafts.all_of(register)
        if access.may_open(register, draft.target)
    ]


def _title(form: str) -> str:
    """Return what a draft is called; that there is one of a screening is no business of a list."""
    from finsam_tui.forms import catalogue
    from finsam_tui.storage.access import SCREENING

    return "ett formulär" if form == SCREENING else catalogue.form(form).title

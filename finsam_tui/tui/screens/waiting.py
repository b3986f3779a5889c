"""Kö: who waits to begin and for how long, and how many each coach has."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from finsam_tui.storage import waiting
from finsam_tui.storage.target import Target
from finsam_tui.text import number, plural, short_date
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets.columns import Column
from finsam_tui.tui.widgets.page import Line, Page, line
from finsam_tui.tui.widgets.record_list import BLOCK, RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from finsam_tui.storage.register import Register
    from finsam_tui.tui.messages import Chosen

Found = tuple[int, list[waiting.Waiting], list[waiting.Capacity]]


class Waiting(Place[None]):
    """The waiting list."""

    CSS_PATH = "../styles/waiting.tcss"
    heading = "Kö"
    page = "ko"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right", "card", "Kort", "Öppnar deltagarens kort", id="waiting.card"),
        key(
            "a", "referral", "Ansökan", "Ändrar aktualiseringen: utfall, timmar", id="waiting.edit"
        ),
    ]

    def body(self) -> Iterable[Widget]:
        """Yield the list, and the coaches below it."""
        self.list = RecordList[waiting.Waiting](
            [
                Column("Dagar", _days, width=6, align="right"),
                Column("Vem", lambda row: row.name),
                Column("Sedan", lambda row: short_date(row.since), width=11),
                Column("Insats", lambda row: row.programme, width=20),
                Column("Från", lambda row: row.referrer, width=24, from_width=100, tone="muted"),
            ],
            noun=("i kö", "i kö"),
            empty="Ingen väntar.",
        )
        self.coaches = Page(id="coaches")
        yield self.list
        yield self.coaches

    def reload(self) -> None:
        """Read the queue and what the coaches have."""
        today = self.house.clock().date()

        def found(register: Register) -> Found:
            queue = waiting.waiting(register, today, limit=BLOCK)
            return waiting.waiting_count(register), queue, waiting.capacity(register)

        def fetch(offset: int, limit: int) -> Sequence[waiting.Waiting]:
            return waiting.waiting(self.house.register, today, limit=limit, offset=offset)

        def show(answer: Found) -> None:
            count, queue, coaches = answer
            self.list.show(Window(count, fetch, queue))
            self.coaches.show(_capacity(coaches))

        self.ask(found, show, group="list")

    def on_chosen(self, event: Chosen) -> None:
        """Enrol, or complete the referral of somebody who is not registered yet."""
        row: waiting.Waiting = event.row
        if row.participant_id is None:
            self.house.attempt(self.action_referral)
            return
        target = Target("enrolment", owner_id=row.participant_id)
        raws = {"programme": row.programme}
        self.house.attempt(lambda: self.house.open_form(target, raws=raws))

    def action_card(self) -> None:
        """Open the card of whom the line is about."""
        if self.list.row and self.list.row.participant_id:
            self.house.show_person(self.list.row.participant_id)

    def action_referral(self) -> None:
        """Open the referral."""
        if self.list.row:
            self.house.open_form(Target("referral", record_id=self.list.row.referral_id))


def _days(row: waiting.Waiting) -> str:
    return f"{'!' if row.too_long else ' '} {number(row.days)}"


def _capacity(coaches: Sequence[waiting.Capacity]) -> list[Line]:
    """Return what each of the staff has, busiest last: where there is room comes first."""
    rows = sorted(coaches, key=lambda coach: coach.participants)
    most = max((coach.participants for coach in rows), default=0)
    return [
        line("Deltagare per coach", "heading"),
        *(
            line(
                f"{coach.name:<24.24} {coach.participants:>3} "
                f"{'█' * round(20 * coach.participants / most) if most else ''} "
                f"{plural(coach.enrolments, 'inskrivning', 'inskrivningar')}, {coach.role}"
            )
            for coach in rows
        ),
    ]

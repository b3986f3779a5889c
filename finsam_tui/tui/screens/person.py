"""One person: who it is, how it goes, everything that has happened, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from finsam_tui.domain import ors
from finsam_tui.errors import InputError
from finsam_tui.storage import access, measures, verbs
from finsam_tui.storage.person import person
from finsam_tui.storage.target import Target
from finsam_tui.storage.timeline import Event, timeline
from finsam_tui.text import short_date
from finsam_tui.tui import flows
from finsam_tui.tui.keys import key
from finsam_tui.tui.screens.place import Place
from finsam_tui.tui.widgets import chart, person_lines
from finsam_tui.tui.widgets.cells import wrapped
from finsam_tui.tui.widgets.columns import Column
from finsam_tui.tui.widgets.page import Page, line
from finsam_tui.tui.widgets.record_list import RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from finsam_tui.storage.person import Enrolment
    from finsam_tui.tui.messages import Chosen, Moved
    from finsam_tui.tui.widgets.page import Line

_OPEN, _CLOSED = "open", "closed"
# Form → in which state of the enrolment in hand it makes sense.
WHEN: dict[str, tuple[str, ...]] = {
    "note": (_OPEN, _CLOSED),
    "assessment": (_OPEN,),
    "ors": (_OPEN, _CLOSED),
    "plan": (_OPEN,),
    "screening": (_OPEN,),
    "support": (_OPEN, _CLOSED),
    "extension": (_OPEN,),
    "closure": (_OPEN,),
    "aftercare": (_CLOSED,),
}
OF_ENROLMENT = ("closure", "support")  # forms whose record is the enrolment itself


class Person(Place[None]):
    """The card of a participant. The enrolment in hand is what the drawings and keys are about."""

    CSS_PATH = "../styles/person.tcss"
    heading = ""
    page = "kort"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "add('note')", "Anteckna", "Ny daganteckning", id="person.note"),
        key("b", "add('assessment')", "Bedöm", "Ny bedömning", id="person.assessment"),
        key("o", "add('ors')", "ORS", "Registrerar ORS", id="person.ors"),
        key("p", "add('plan')", "Plan", "Ny individuell plan", id="person.plan"),
        key("v", "add('screening')", "Våld", "Våldsscreening", id="person.screening"),
        key("f", "add('extension')", "Förläng", "Förlängning", id="person.extension"),
        key("a", "add('closure')", "Avsluta", "Avslutar inskrivningen", id="person.closure"),
        key("s", "add('support')", "Stöd", "Stöd som getts", id="person.support"),
        key("u", "add('aftercare')", "Punktinsats", "Ny punktinsats", id="person.aftercare"),
        key("i", "enrol", "Skriv in", "Ny inskrivning", id="person.enrol"),
        key("r", "edit", "Uppgifter", "Ändrar namn, nummer, telefon", id="person.edit"),
        key("e", "other", "Byt", "Byter till nästa inskrivning", id="person.other"),
        key("k", "refer", "Aktualisera", "Ny aktualisering av personen", id="person.refer"),
        key("h", "change", "Ändra inskr.", "Ändrar inskrivningens uppgifter", id="person.change"),
        key("å", "reopen", "Återöppna", "Tar tillbaka avslutet", id="person.reopen"),
    ]

    def __init__(self, participant_id: int) -> None:
        super().__init__()
        self._participant = participant_id
        self._hand = 0  # the id of the enrolment in hand
        self._sure = False

    def body(self) -> Iterable[Widget]:
        """Yield the facts, the drawings, the timeline and, where there is room, its details."""
        self.facts, self.charts = Page(id="person-facts"), Page(id="person-charts")
        self.events = RecordList[Event](
            [
                Column("Datum", lambda event: short_date(event.date), width=11),
                Column("Vad", lambda event: event.text.split("\n")[0]),
                Column(
                    "Insats", lambda e: e.programme or "", width=20, from_width=100, tone="muted"
                ),
            ],
            noun=("händelse", "händelser"),
            empty="Inget har hänt än.",
        )
        self.details = Page(id="person-details")
        yield from (self.facts, self.charts, self.events, self.details)

    def reload(self) -> None:
        """Read the card: a few rows by their indexes, so at once."""
        register, today = self.house.register, self.house.clock().date()
        self.person = person(register, self._participant, today)
        self._sure = False
        self._allowed = {
            e.enrolment_id: access.screening_allowed(register, self.house.staff, e.enrolment_id)
            for e in self.person.enrolments
        }
        self.retitle(person_lines.title(self.person))
        hand = self.hand
        lines = person_lines.enrolment_lines(self.person.enrolments, hand, today)
        self.facts.show([*person_lines.facts(self.person), *lines])
        self._draw()
        seen = any(self._allowed.values())
        self.events.show(Window.of(timeline(register, self._participant, screening_visible=seen)))
        self.refresh_bindings()

    @property
    def hand(self) -> Enrolment | None:
        """The enrolment in hand: the one taken, else the open or latest one."""
        enrolments = self.person.enrolments
        found = [e for e in enrolments if e.enrolment_id == self._hand]
        return next(iter(found or enrolments), None)

    def _draw(self) -> None:
        hand = self.hand
        width, height = self.size.width - 2, 10 if self.size.height >= 32 else 7  # noqa: PLR2004
        if hand is None or width < 2:  # noqa: PLR2004 - not laid out yet
            self.charts.show([])
            return
        points = measures.ors_series(self.house.register, hand.enrolment_id)
        self._ors_at = {point.occasion for point in points}
        age = self.person.age
        left = chart.ors_chart(points, ors.cut_off(age), width // 2 - 2, height)
        codes = sorted(self.house.codes.options("step"), key=lambda code: code.level or 0)
        right = chart.step_ladder(
            [code.label for code in codes],
            measures.steps(self.house.register, hand.enrolment_id),
            width // 2,
            closed=hand.end is not None,
        )
        self.charts.show(chart.beside(left, right, width // 2))

    def on_resize(self) -> None:
        """Draw for the new size."""
        if hasattr(self, "person"):
            self._draw()

    def on_moved(self, event: Moved) -> None:
        """Show all of the text of the event in hand."""
        width = max(20, self.size.width - 4)
        found: Event | None = event.row
        text = found.text if found else ""
        lines = wrapped(text, width)
        shown: list[Line] = [line(part) for part in lines[:6]]
        self.details.show(shown if len(lines) > 1 else [])

    # What to do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense for the enrolment in hand."""
        if not hasattr(self, "person"):
            return super().check_action(action, parameters)
        hand = self.hand
        state = _CLOSED if hand and hand.end else _OPEN
        if action == "add":
            form = str(parameters[0])
            allowed = form != "screening" or bool(hand and self._allowed[hand.enrolment_id])
            return hand is not None and state in WHEN[form] and allowed
        if action in ("reopen", "change"):
            return hand is not None and (action == "change" or state == _CLOSED)
        if action == "other":
            return len(self.person.enrolments) > 1
        return super().check_action(action, parameters)

    def action_add(self, form: str) -> None:
        """Open a form about the enrolment in hand."""
        assert self.hand is not None  # noqa: S101 - check_action
        enrolment = self.hand.enrolment_id
        if form in OF_ENROLMENT:
            self.house.open_form(Target(form, record_id=enrolment))
        else:
            raws = self._ors_occasion() if form == "ors" else {}
            self.house.open_form(Target(form, owner_id=enrolment), raws=raws)

    def _ors_occasion(self) -> dict[str, str]:
        """Return the occasion that an ORS taken now is most likely of."""
        if "start" not in self._ors_at:
            return {"occasion": "start"}
        closed = self.hand is not None and self.hand.end is not None
        return {"occasion": "avslut"} if closed and "closure" not in self._ors_at else {}

    def action_enrol(self) -> None:
        """Enrol the person."""
        flows.enrol(self.house, self._participant, {})

    def action_edit(self) -> None:
        """Change the person's own data."""
        self.house.open_form(Target("participant", record_id=self._participant))

    def action_refer(self) -> None:
        """Take in a new referral of the person."""
        flows.refer(self.house, self._participant)

    def action_change(self) -> None:
        """Change the enrolment in hand."""
        assert self.hand is not None  # noqa: S101 - check_action
        self.house.open_form(Target("enrolment", record_id=self.hand.enrolment_id))

    def action_other(self) -> None:
        """Take the next enrolment in hand."""
        ids = [e.enrolment_id for e in self.person.enrolments]
        hand = self.hand
        place = ids.index(hand.enrolment_id) if hand else -1
        self._hand = ids[(place + 1) % len(ids)]
        self.reload()

    def action_reopen(self) -> None:
        """Take back the closure, at the second press."""
        assert self.hand is not None  # noqa: S101 - check_action
        if not self._sure:
            self._sure = True
            self.house.tell(
                "Tryck å en gång till: avslutet tas tillbaka, oringda samtal försvinner."
            )
            return
        verbs.reopen(self.house.register, self.hand.enrolment_id)
        self.house.tell("Inskrivningen är öppen igen.")
        self.reload()

    def on_chosen(self, event: Chosen) -> None:
        """Open the record of an event."""
        self.house.attempt(self._open, event.row)

    def _open(self, event: Event) -> None:
        if event.kind == "attempt":
            raise InputError("Ett samtalsförsök ändras inte; öppna uppföljningen i stället.")
        if event.kind == "follow_up" and not event.done:
            self.house.open_call(event.id)
            return
        self.house.open_form(Target(event.kind, record_id=event.id))

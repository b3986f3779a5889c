"""Ways through calls: from each to the next of the queue, to the aftercare that was wished for.

Calls made or passed by in one sitting are not offered again in it; F5 elsewhere begins a new one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from finsam_tui.errors import NotAllowed
from finsam_tui.forms import catalogue
from finsam_tui.storage import calls, records
from finsam_tui.storage.access import open_person, refuse_reader
from finsam_tui.storage.call_card import call_card
from finsam_tui.storage.target import Target
from finsam_tui.tui import flows
from finsam_tui.tui.screens.call import CallScreen
from finsam_tui.tui.screens.place import Place

if TYPE_CHECKING:
    from finsam_tui.storage.call_card import CallCard
    from finsam_tui.storage.target import Id
    from finsam_tui.tui.app import FinsamApp

Behind = tuple[int, ...]  # the calls of this sitting, by id


def open_call(app: FinsamApp, follow_up_id: int, behind: Behind = (), told: str = "") -> None:
    """Open a call to be made, and the next one once it is saved; `told` stands above it."""
    card = call_card(app.register, follow_up_id, app.clock().date())
    open_person(app.register, card.participant_id, f"follow_up {follow_up_id}")

    def then(saved: Id | None) -> None:
        if saved is not None:
            app.attempt(_saved, app, card, behind)

    flows.open_form(
        app,
        Target("follow_up", record_id=follow_up_id),
        subtitle=told or f"{card.months} månader efter avslut",
        then=then,
        screen=partial(CallScreen, card=card, behind=behind),
    )


def next_call(app: FinsamApp) -> None:
    """Open the first call of the queue; from a call that is open pass it by, with its draft kept.

    A call that is covered by other places is shown again instead.
    """
    call = next((s for s in reversed(app.screen_stack) if not isinstance(s, Place)), None)
    covered = call is not app.screen
    if not isinstance(call, CallScreen):
        _next(app, ())
    elif covered:
        while isinstance(app.screen, Place):
            app.pop_screen()
    else:
        call.action_leave()
        _next(app, (*call.behind, call.card.follow_up_id))


def _next(app: FinsamApp, behind: Behind, told: str = "") -> None:
    refuse_reader(app.register)
    staff = app.staff if app.own else None
    rest = "Inga fler samtal" if behind else "Inga samtal"
    while call := calls.next_call(app.register, app.clock(), staff=staff, skipped=behind):
        try:
            open_call(app, call.follow_up_id, behind, f"{told} Nästa samtal".strip())
        except NotAllowed:  # a protected person's is made by their own coach
            behind = (*behind, call.follow_up_id)
        else:
            return
    app.tell(f"{told} {rest} att ringa just nu.".strip())


def _saved(app: FinsamApp, card: CallCard, behind: Behind) -> None:
    """Go on from a call: to the aftercare form first, if support was wished for."""
    form = catalogue.form("follow_up")
    values = records.load(app.register, form, card.follow_up_id).values
    outcome = cast("str", values["outcome"])
    if outcome != "call_back":  # one that is booked comes back when its time has come
        behind = (*behind, card.follow_up_id)
    told = f"Sparat: {app.codes.label('call_outcome', outcome)}."
    if not values["wants_support"]:
        _next(app, behind, told)
        return
    app.open_form(
        Target("aftercare", owner_id=card.enrolment_id),
        subtitle=f"{card.name}, som önskade stöd (Esc går till nästa samtal)",
        then=lambda _: app.attempt(_next, app, behind, told),
    )

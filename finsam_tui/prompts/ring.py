"""The call queue by prompts: who is next and what to know, the questions, and on to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError
from finsam_tui.forms import catalogue
from finsam_tui.prompts.card import card_lines
from finsam_tui.prompts.lines import Idle
from finsam_tui.prompts.saving import fill
from finsam_tui.storage import calls, drafts, records
from finsam_tui.storage.access import open_person, refuse_reader
from finsam_tui.storage.call_card import call_card
from finsam_tui.storage.target import Target
from finsam_tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.prompts.saving import Desk
    from finsam_tui.storage.call_card import CallCard
    from finsam_tui.storage.target import Id

MENU = "Enter frågorna, s nästa, q avsluta:"


@dataclass(slots=True)
class _Round:
    """How far one has come: the calls seen, how many were saved, the one in hand, if it has begun.

    It holds numbers only, and stays when the register is locked.
    """

    seen: set[int] = field(default_factory=set)
    made: int = 0
    at: int | None = None
    begun: bool = False


def ring(desk: Desk) -> None:
    """Go through the queue until it is empty or the user has had enough.

    A call begun and not saved comes first. Where nobody answers the register is locked, and goes on
    at the same question for the same user. Raises Interrupted at Ctrl+C amid a form, HungUp when
    the terminal is gone, NotAllowed for somebody who only reads.
    """
    refuse_reader(desk.register)
    counts = calls.call_counts(desk.register, desk.clock())
    desk.lines.tell(f"{plural(counts.total, 'samtal', 'samtal')} att ringa.")
    round_, user = _Round(), desk.register.user
    try:
        while not _gone_round(desk, round_):
            desk.lock()
            if desk.register.user != user:
                ring(desk)
                return
    except EOFError:  # Ctrl+D, where nothing was under way
        pass
    desk.lines.tell(f"{plural(round_.made, 'samtal sparat', 'samtal sparade')}.")


def _gone_round(desk: Desk, round_: _Round) -> bool:
    """Return whether the queue has been gone through; False where nobody answered."""
    try:
        for card in _queue(desk, round_):
            desk.lines.tell()
            for line in card_lines(card):
                desk.lines.tell(line)
            typed = "" if round_.begun else _chosen(desk)
            if typed == "q":
                return True
            if typed == "":
                resume, round_.begun = round_.begun, True
                round_.made += _called(desk, card, resume=resume)
                round_.begun = False
    except Idle:
        return False
    desk.lines.tell("Inga fler samtal att ringa just nu.")
    return True


def _queue(desk: Desk, round_: _Round) -> Iterator[CallCard]:
    """Yield the call in hand, the calls begun, then those that are next in turn; each once."""
    for follow_up_id in _in_turn(desk, round_):
        round_.seen.add(follow_up_id)
        round_.at = follow_up_id
        card = _card(desk, follow_up_id)
        if card:
            yield card
        round_.at, round_.begun = None, False


def _in_turn(desk: Desk, round_: _Round) -> Iterator[int]:
    if round_.at is not None:
        yield round_.at
    yield from (id for id in _begun(desk) if id not in round_.seen)
    while call := calls.next_call(desk.register, desk.clock(), skipped=round_.seen):
        yield call.follow_up_id


def _begun(desk: Desk) -> list[int]:
    """Return the calls that there are drafts of, the latest first."""
    kept = drafts.all_of(desk.register)
    return [int(d.target.record_id) for d in kept if d.target.form == "follow_up"]


def _card(desk: Desk, follow_up_id: int) -> CallCard | None:
    """Return a call's card, its opening noted; None where the call is not to be made (by you)."""
    try:
        card = call_card(desk.register, follow_up_id, desk.clock().date())
        open_person(desk.register, card.participant_id)
    except InputError:
        return None
    return card


def _chosen(desk: Desk) -> str:
    while True:
        typed = desk.lines.ask(MENU).strip().casefold()
        if typed in ("", "s", "q"):
            return typed
        desk.lines.tell("! Svara med Enter, s eller q.")


def _called(desk: Desk, card: CallCard, *, resume: bool) -> bool:
    """Ask the questions of a call, or go on with them, and return whether they were saved."""
    saved = fill(desk, Target("follow_up", record_id=card.follow_up_id), resume=resume)
    if saved is None:
        return False
    desk.lines.tell("Sparat.")
    if _wants_support(desk, saved):
        desk.lines.tell("Personen önskar stöd: registrera en punktinsats i finsam.")
    return True


def _wants_support(desk: Desk, follow_up_id: Id) -> bool:
    form = catalogue.form("follow_up")
    return records.load(desk.register, form, follow_up_id).values["wants_support"] == 1

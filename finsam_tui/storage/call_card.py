"""What one needs to know before phoning somebody; never anything of the violence screening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from finsam_tui.domain import follow_up, steps
from finsam_tui.errors import InputError
from finsam_tui.storage.measures import snapshots
from finsam_tui.storage.person import full_name, several
from finsam_tui.storage.stored import moment

if TYPE_CHECKING:
    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.measures import Snapshot
    from finsam_tui.storage.register import Register


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody was phoned."""

    at: datetime
    outcome: str
    callback_at: datetime | None
    by: str | None


@dataclass(frozen=True, slots=True)
class CallCard:
    """The person, how the enrolment ended and the calls so far, the latest first.

    `protection` is None or what kind, in Swedish. `start` and `closure` are the assessments there;
    `positive_step` follows from them and the results. `version` is that of the call's record.
    """

    follow_up_id: int
    version: int
    participant_id: int
    enrolment_id: int
    name: str
    phone: str | None
    needs_number: bool
    interpreter: bool
    protection: str | None
    programme: str
    coach: str | None
    months: int
    due: date
    closes: date
    late: bool
    callback_at: datetime | None
    enrolled: date
    closed: date
    closure_reason: str | None
    results: tuple[str, ...]
    ordinary_service: str | None
    start: Snapshot | None
    closure: Snapshot | None
    positive_step: bool
    goal: str | None
    attempts: tuple[Attempt, ...]


def call_card(register: Register, follow_up_id: int, today: date) -> CallCard:
    """Return the card of a scheduled call; raises InputError where there is none (any more)."""
    found = register.rows("call_card", follow_up_id=follow_up_id)
    if not found or found[0]["end_date"] is None:
        raise InputError("Samtalet finns inte längre; inskrivningen kan ha öppnats igen.")
    row = found[0]
    shots = {shot.occasion: shot for shot in snapshots(register, row["enrolment_id"])}
    values = several(register, row["participant_id"])
    rows = register.rows("attempts", follow_up_id=follow_up_id)
    return _card(
        row,
        today,
        start=shots.get("start"),
        closure=shots.get("closure"),
        results=values.get((row["enrolment_id"], "result"), ()),
        attempts=tuple(_attempt(row) for row in rows),
    )


def _card(  # noqa: PLR0913 - the parts of one card
    row: Row,
    today: date,
    *,
    start: Snapshot | None,
    closure: Snapshot | None,
    results: tuple[tuple[str, bool], ...],
    attempts: tuple[Attempt, ...],
) -> CallCard:
    due = date.fromisoformat(row["due_date"])
    return CallCard(
        follow_up_id=row["id"],
        version=row["version"],
        participant_id=row["participant_id"],
        enrolment_id=row["enrolment_id"],
        name=full_name(row),
        phone=row["phone"],
        needs_number=row["phone"] is None or row["outcome"] == "number_changed",
        interpreter=row["interpreter"] == 1,
        protection=row["protection_label"] if row["protection"] != "none" else None,
        programme=row["programme"],
        coach=row["coach"],
        months=int(row["months"]),
        due=due,
        closes=follow_up.window(due).last,
        late=follow_up.is_late(today, due),
        callback_at=moment(row["callback_at"]),
        enrolled=date.fromisoformat(row["start_date"]),
        closed=date.fromisoformat(row["end_date"]),
        closure_reason=row["closure_reason"],
        results=tuple(label for label, _ in results),
        ordinary_service=row["ordinary_service"],
        start=start,
        closure=closure,
        positive_step=steps.is_positive(
            start.level if start else None,
            closure.level if closure else None,
            positive_result=any(positive for _, positive in results),
        ),
        goal=row["goal"],
        attempts=attempts,
    )


def _attempt(row: Row) -> Attempt:
    return Attempt(
        at=datetime.fromisoformat(row["at"]),
        outcome=row["outcome"],
        callback_at=moment(row["callback_at"]),
        by=row["by_whom"],
    )

"""What there is to do today, by weight: calls, gaps in the records, time limits, the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from finsam_tui.domain.dates import add_months, month_length
from finsam_tui.domain.gaps import SETTLED
from finsam_tui.storage.calls import call_counts, calls
from finsam_tui.storage.staff import screens
from finsam_tui.storage.waiting import waiting, waiting_count
from finsam_tui.text import plural, short_date

if TYPE_CHECKING:
    from datetime import datetime

    from finsam_tui.storage.calls import Call
    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.waiting import Waiting

Kind = Literal[
    "callback",
    "call_overdue",
    "call_due",
    "gap_screening",
    "gap_ors_start",
    "gap_ors_closure",
    "gap_plan",
    "gap_assessment",
    "time_limit",
    "waiting",
]
KINDS: tuple[Kind, ...] = get_args(Kind)  # by weight

ASSESSED = 45  # days: assessed monthly, with half a month to spare
RECENT = 90  # days after a closure when its ORS can still be taken
AHEAD = 30  # days before a time limit when it is told

_CALL_KINDS: dict[str, Kind] = {
    "callback": "callback",
    "due": "call_due",
    "overdue": "call_overdue",
    "late": "call_overdue",
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do.

    `day` is the date it hangs on: the due date, the start, the limit, the referral; `days` how long
    ago that was (below zero: to come). `overdue` is what should have been done. `text` is one line
    in Swedish, without the name. Ids are those that the thing to do needs, others None.
    """

    kind: Kind
    name: str
    programme: str
    coach: str | None
    day: date
    days: int
    overdue: bool
    text: str
    participant_id: int | None
    enrolment_id: int | None = None
    follow_up_id: int | None = None
    referral_id: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The items, by weight and then by age, and how many there are of each kind in all."""

    items: tuple[Item, ...]
    counts: dict[Kind, int]


def today(
    register: Register,
    now: datetime,
    *,
    staff: str | None = None,
    limit: int = 50,
    counted: bool = False,
) -> Today:
    """Return what there is to do, at most `limit` items a kind; `staff` narrows to a coach's own.

    The waiting list is nobody's own, and is left out for one coach. A screening that is lacking is
    told to those who may open it; to anybody where the items are only `counted`.
    """
    day = now.date()
    to_call = call_items(register, now, staff=staff, limit=limit)
    seen_by = "" if counted else screens(register)
    lacking, counts = _gaps(register, day, staff, limit, seen_by)
    counts |= _call_kinds(register, now, staff)
    queue: list[Item] = []
    if staff is None:
        queue = [_waiting(row) for row in waiting(register, day, limit=limit)]
        counts["waiting"] = waiting_count(register)
    items = sorted([*to_call, *lacking, *queue], key=lambda item: KINDS.index(item.kind))
    return Today(tuple(items), {kind: counts.get(kind, 0) for kind in KINDS})


def call_items(
    register: Register, now: datetime, *, staff: str | None = None, limit: int
) -> list[Item]:
    """Return the calls alone, in calling order: what the first paint shows."""
    return [_call(call, now) for call in calls(register, now, staff=staff, limit=limit)]


def _call_kinds(register: Register, now: datetime, staff: str | None) -> dict[Kind, int]:
    counts = call_counts(register, now, staff=staff)
    return {
        "callback": counts.callback,
        "call_overdue": counts.overdue + counts.late,
        "call_due": counts.due,
    }


def _call(call: Call, now: datetime) -> Item:
    return Item(
        kind=_CALL_KINDS[call.state],
        name=call.name,
        programme=call.programme,
        coach=call.coach,
        day=call.due,
        days=(now.date() - call.due).days,
        overdue=call.state in {"overdue", "late"} or _asked_for_before(call, now),
        text=_call_text(call, now),
        participant_id=call.participant_id,
        enrolment_id=call.enrolment_id,
        follow_up_id=call.follow_up_id,
    )


def _asked_for_before(call: Call, now: datetime) -> bool:
    """Whether somebody asked to be called on a day that has passed."""
    asked = call.callback_at if call.state == "callback" else None
    return asked is not None and asked.date() < now.date()


def _call_text(call: Call, now: datetime) -> str:
    what = f"Samtal {call.months} månader"
    if call.state == "callback" and call.callback_at:
        at = call.callback_at
        when = "" if at.date() == now.date() else f"{short_date(at.date())} "
        return f"{what}: ring åter {when}kl. {at:%H:%M}"
    if call.last_outcome and call.needs_number:
        return f"{what}: behöver nytt nummer"
    if call.state == "late":
        return f"{what}: efter tiden, som gick ut {short_date(call.closes)}"
    return f"{what}: ring senast {short_date(call.closes)}"


def _gaps(
    register: Register, day: date, staff: str | None, limit: int, seen_by: str | None
) -> tuple[list[Item], dict[Kind, int]]:
    horizon = day + timedelta(days=AHEAD)
    last_of_month = horizon.day == month_length(horizon.year, horizon.month)
    rows = register.rows(
        "gaps",
        today=day.isoformat(),
        settled=(day - timedelta(days=SETTLED)).isoformat(),
        assessed_since=(day - timedelta(days=ASSESSED)).isoformat(),
        recently=(day - timedelta(days=RECENT)).isoformat(),
        limit_month=horizon.year * 12 + horizon.month,
        limit_day=31 if last_of_month else horizon.day,
        staff=staff,
        screens=seen_by,
        limit=limit,
    )
    lacking = sorted((_gap(row, day) for row in rows), key=lambda item: item.day)
    return lacking, {row["kind"]: row["total"] for row in rows}


def _gap(row: Row, today: date) -> Item:
    day = date.fromisoformat(row["day"])
    if row["kind"] == "time_limit":
        day = add_months(day, row["months"])
    days = (today - day).days
    return Item(
        kind=row["kind"],
        name=row["name"],
        programme=row["programme"],
        coach=row["coach"],
        day=day,
        days=days,
        overdue=row["kind"] != "time_limit" or days > 0,
        text=_gap_text(row["kind"], day, days, row["planned"]),
        participant_id=row["participant_id"],
        enrolment_id=row["enrolment_id"],
    )


def _gap_text(kind: Kind, day: date, days: int, planned: str | None) -> str:
    since = f"inskriven {plural(days, 'dag', 'dagar')}"
    then = short_date(date.fromisoformat(planned)) if planned else None
    match kind:
        case "gap_screening":
            return (
                f"Våldsscreening: nytt tillfälle {then}"
                if then
                else f"Ingen våldsscreening, {since}"
            )
        case "gap_ors_start":
            return f"Ingen ORS vid start, {since}"
        case "gap_ors_closure":
            return f"Ingen ORS vid avslut {short_date(day)}"
        case "gap_plan":
            return f"Planen skulle revideras {then}" if then else f"Ingen individuell plan, {since}"
        case "gap_assessment":
            return f"Ingen bedömning på {plural(days, 'dag', 'dagar')}"
        case _:
            ends = "gick ut" if days > 0 else "går ut"
            return f"Tiden i insatsen {ends} {short_date(day)}"


def _waiting(row: Waiting) -> Item:
    return Item(
        kind="waiting",
        name=row.name,
        programme=row.programme,
        coach=None,
        day=row.since,
        days=row.days,
        overdue=row.too_long,
        text=f"Väntar sedan {plural(row.days, 'dag', 'dagar')}, från {row.referrer}",
        participant_id=row.participant_id,
        referral_id=row.referral_id,
    )

"""The waiting list with the days waited, and how many participants each coach has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register

TOO_LONG = 120  # days; 002 found thirty people who had waited four months, unseen
ALL = 100_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral in the queue; `name` as lists have it, `referrer` "Region, psykiatri"."""

    referral_id: int
    participant_id: int | None
    name: str
    programme: str
    referrer: str
    since: date
    days: int
    too_long: bool


@dataclass(frozen=True, slots=True)
class Capacity:
    """One of the staff with their open enrolments and how many persons those are."""

    staff: str
    name: str
    role: str
    enrolments: int
    participants: int


def waiting(register: Register, today: date, *, limit: int = ALL, offset: int = 0) -> list[Waiting]:
    """Return who waits to begin, the longest wait first."""
    return [_waiting(row, today) for row in register.rows("waiting", limit=limit, offset=offset)]


def waiting_count(register: Register) -> int:
    """Return how many are in the queue."""
    return int(register.one("waiting_count")["waiting"])


def capacity(register: Register) -> list[Capacity]:
    """Return the active staff by name, with how many participants they have now.

    Managers, who have none, are left out.
    """
    return [Capacity(**dict(row)) for row in register.rows("capacity")]


def _waiting(row: Row, today: date) -> Waiting:
    since = date.fromisoformat(row["date"])
    days = (today - since).days
    return Waiting(
        referral_id=row["id"],
        participant_id=row["participant_id"],
        name=row["name"],
        programme=row["programme"],
        referrer=", ".join(label for label in (row["party"], row["unit"]) if label),
        since=since,
        days=days,
        too_long=days >= TOO_LONG,
    )

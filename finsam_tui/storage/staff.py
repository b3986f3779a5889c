"""Who is working: the member of staff whose key slot opened the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.storage.register import Register

COORDINATOR, READER = "coordinator", "manager"


@dataclass(frozen=True, slots=True)
class Staff:
    """One of the staff; `role` is the key: coach, coordinator or manager."""

    id: str
    name: str
    role: str


def working(register: Register) -> Staff | None:
    """Return who opened the register; None for a service or somebody not on the staff."""
    sql = "SELECT id, name, role FROM staff WHERE slot = ? AND active = 1"
    row = register.sql(sql, (register.user,)).fetchone()
    return Staff(*row) if row else None


def coordinates(register: Register) -> bool:
    """Return whether the user is a coordinator."""
    who = working(register)
    return who is not None and who.role == COORDINATOR


def coordinators_slots(register: Register) -> set[str]:
    """Return the key slots of the coordinators who work here."""
    sql = "SELECT slot FROM staff WHERE role = ? AND active = 1 AND slot IS NOT NULL"
    return {str(slot) for (slot,) in register.sql(sql, (COORDINATOR,))}


def keeps(register: Register, slots: Iterable[str] | None = None) -> bool:
    """Return whether the user may change who works here, and who can unlock: a coordinator.

    As long as none of them has a key, as where a script has made the register, anybody may. `slots`
    are the names of its key slots, where they are known.
    """
    if coordinates(register):
        return True
    keys = coordinators_slots(register)
    return not (keys if slots is None else keys & set(slots))


def screens(register: Register) -> str | None:
    """Return whose screenings the user may know of: "" everybody's, a coach's id, None nobody's."""
    who = working(register)
    if who is None or who.role == READER:
        return None
    return "" if who.role == COORDINATOR else who.id

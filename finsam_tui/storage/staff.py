"""Who is working: the member of staff whose key slot opened the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def screens(register: Register) -> str | None:
    """Return whose screenings the user may know of: "" everybody's, a coach's id, None nobody's."""
    who = working(register)
    if who is None or who.role == READER:
        return None
    return "" if who.role == COORDINATOR else who.id

"""Who may take the register's rows out in a file, and which: those that they may see on screen.

As `access` has it, only for all rows at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from finsam_tui.errors import NotAllowed
from finsam_tui.storage import access, bulk, staff

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

PEOPLE = "du har rollen chef; ange --anonymous, eller be en coach eller samordnaren."
# A column of a screening: beside what else leaves, it tells of what somebody has done to others.
OF_ALL = "any_yes"
COMPILES = "våldsscreeningarna till den nationella sammanställningen exporterar samordnaren."


def refuse(register: Register, *, anonymous: bool) -> None:
    """Raise NotAllowed where the user may not take rows out: a manager takes nobody's alone."""
    who = staff.working(register)
    if who is None:
        access.refuse_reader(register)
    elif who.role == staff.READER and not anonymous:
        raise NotAllowed(PEOPLE)


def refuse_compilation(register: Register) -> None:
    """Raise NotAllowed for all but who sees everybody's screenings; a service sees nobody's."""
    if staff.screens(register) != "":
        raise NotAllowed(COMPILES)


def hidden_people(register: Register) -> frozenset[int]:
    """Return the participants with protected details that are kept from the user."""
    found = register.sql("SELECT id FROM participant WHERE protection <> 'none'").fetchall()
    return frozenset(id_ for (id_,) in found if not _sees(register, id_))


def _sees(register: Register, participant_id: int) -> bool:
    try:
        access.check_person(register, participant_id)
    except NotAllowed:
        return False
    return True


def screenings_seen(register: Register, enrolments: set[int]) -> set[int]:
    """Return those of the enrolments whose screenings the user may know of."""
    coach = staff.screens(register)
    if not coach:
        return enrolments if coach == "" else set()
    found = bulk.find(
        register.conn, "enrolment", ("id", "staff"), ("id",), [(e,) for e in enrolments]
    )
    return {id_ for id_, own in found if own == coach}


def answers(register: Register) -> Literal["none", "seen", "hidden"]:
    """Return whether the screenings that the user sees have answers, and none of them is hidden.

    Whoever has answered has answered what is for their own coach alone.
    """
    who = staff.working(register)
    found = register.one("export_answers", staff=who.id if who else None)
    if staff.screens(register) == "" and found["others"]:
        return "hidden"
    return "seen" if found["own"] else "none"

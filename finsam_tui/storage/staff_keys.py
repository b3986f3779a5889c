"""Which colleague works under which key slot, and who may give keys and take them away.

`staff.slot` holds the slot's name. Keys are the coordinators' to give. As long as none of them has
one, as where a script has made the register, anybody who opens it may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.errors import InputError, NotAllowed
from finsam_tui.storage.access_log import log_access
from finsam_tui.storage.staff import keeps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.storage.register import Register


def check_keeper(register: Register, slots: Iterable[str]) -> None:
    """Raise NotAllowed unless the user may change who can open the register.

    `slots` are the names of its key slots.
    """
    if not keeps(register, slots):
        raise NotAllowed(
            "nycklarna sköter samordnaren; lås upp med samordnarens lösenfras. Din egen lösenfras "
            "byter du med finsam nyckel add och ditt namn."
        )


def note(register: Register, what: str) -> None:
    """Note in the access log what the user does with keys, as "ny nyckel: Bo Ek"."""
    log_access(register, "key", detail=what)


def match(register: Register, name: str) -> str | None:
    """Return the id of the colleague who works under the slot `name`, or of whom it may be.

    That is the one active colleague of that name who has no slot; None where there is none such.
    """
    for asked in ("slot = ?", "slot IS NULL AND name = ?"):
        found = register.sql(f"SELECT id FROM staff WHERE active = 1 AND {asked}", (name,))
        ids = [str(id) for (id,) in found]
        if len(ids) == 1:
            return ids[0]
    return None


def slot_of(register: Register, name: str) -> str:
    """Return the slot of the one active colleague called `name`, who may have had another name.

    That is `name` itself where there is none such, or no slot yet.
    """
    sql = "SELECT slot FROM staff WHERE active = 1 AND name = ?"
    slots = [slot for (slot,) in register.sql(sql, (name,))]
    return str(slots[0]) if len(slots) == 1 and slots[0] else name


def check(register: Register, staff: str, slot: str) -> None:
    """Raise InputError unless the colleague `staff` (an id) can work under `slot`."""
    sql = "SELECT slot FROM staff WHERE id = ? AND active = 1"
    row = register.sql(sql, (staff,)).fetchone()
    if row is None:
        raise InputError("det finns ingen sådan medarbetare; ange kortnamnet, till exempel C1.")
    if row[0] not in (None, slot):
        raise InputError("medarbetaren har redan en nyckel; ta bort den först.")


def link(register: Register, staff: str, slot: str) -> None:
    """Have a colleague work under `slot`, and nobody else under it; raises as `check`."""
    check(register, staff, slot)
    with register.write() as conn:
        conn.execute(
            "UPDATE staff SET slot = NULL, version = version + 1 WHERE slot = ? AND id <> ?",
            (slot, staff),
        )
        conn.execute(
            "UPDATE staff SET slot = ?, version = version + 1 WHERE id = ? AND slot IS NOT ?",
            (slot, staff, slot),
        )


def unlink(register: Register, slot: str) -> None:
    """Have nobody work under `slot`: its name may one day be another person's."""
    with register.write() as conn:
        conn.execute("UPDATE staff SET slot = NULL, version = version + 1 WHERE slot = ?", (slot,))

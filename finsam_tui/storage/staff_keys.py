"""Which colleague works under which key slot: staff.slot holds the slot's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.errors import InputError

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register


def match(register: Register, name: str) -> str | None:
    """Return the id of the one active colleague of that name who has no key slot, if any."""
    sql = "SELECT id FROM staff WHERE name = ? AND active = 1 AND slot IS NULL"
    found = register.sql(sql, (name,)).fetchall()
    return str(found[0][0]) if len(found) == 1 else None


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

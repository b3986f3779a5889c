"""The shortest way to add and change a code, as the coordinator would: through its form."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from finsam_tui.forms import catalogue
from finsam_tui.storage import session, verbs
from finsam_tui.storage.target import Target

if TYPE_CHECKING:
    from finsam_tui.forms.form import Reading
    from finsam_tui.storage.register import Register

NOW = datetime(2024, 1, 10, 9, 0)


def shown(register: Register, name: str, key: str) -> Target:
    """Return the target of who has just opened a code to change it."""
    sql = "SELECT id, version FROM code WHERE list = ? AND key = ?"
    ((id_, version),) = register.sql(sql, (name, key)).fetchall()
    return Target("code", record_id=id_, version=version)


def read(register: Register, target: Target, **raws: str) -> Reading:
    """Return what the form reads with `raws` typed into it."""
    context = session.context(register, target, NOW)
    begun = session.begin(register, target, context)
    return catalogue.form("code").read({**begun.raws, **raws}, context)


def save(register: Register, target: Target, **raws: str) -> int:
    """Save a code; the test fails where the form refuses it."""
    reading = read(register, target, **raws)
    assert reading.refusals == []
    context = session.context(register, target, NOW)
    return int(verbs.save_form(register, target, reading.values, context))


def add(register: Register, name: str, label: str, **raws: str) -> str:
    """Add a code to a list, and return its key."""
    saved = save(register, Target("code"), list=name, label=label, **raws)
    return str(register.sql("SELECT key FROM code WHERE id = ?", (saved,)).fetchall()[0][0])


def change(register: Register, name: str, key: str, **raws: str) -> None:
    """Change a code of a list."""
    save(register, shown(register, name, key), **raws)


def refused(register: Register, target: Target, **raws: str) -> list[str]:
    """Return the fields that the form refuses."""
    return [fault.field for fault in read(register, target, **raws).refusals]

"""Forms begun and not yet saved: in the register from the first keystroke until the save."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_tui.storage.target import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.storage.driver import Connection, Row
    from finsam_tui.storage.register import Register

_COLUMNS = "form, owner_id, record_id, record_version, answers, field, changed_at"
_KEY = "user = ? AND form = ? AND owner_id = ? AND record_id = ?"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form under way: `raws` is what was typed, field → text; `field` where the hand was.

    `changed_at` is a local moment, ISO to the second.
    """

    target: Target
    raws: Mapping[str, str]
    field: str
    changed_at: str


def keep(register: Register, draft: Draft) -> None:
    """Store the user's draft of this form and record, in place of the one before."""
    with register.write() as conn:
        conn.execute(
            f"INSERT INTO draft (user, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (user, form, owner_id, record_id) DO UPDATE SET answers ="
            " excluded.answers, field = excluded.field, changed_at = excluded.changed_at,"
            " record_version = excluded.record_version",
            (
                *_key(register.user, draft.target),
                draft.target.version,
                json.dumps(dict(draft.raws), ensure_ascii=False),
                draft.field,
                draft.changed_at,
            ),
        )


def find(register: Register, target: Target) -> Draft | None:
    """Return the user's draft of this form and record, if there is one."""
    sql = f"SELECT {_COLUMNS} FROM draft WHERE {_KEY}"
    row = register.conn.execute(sql, _key(register.user, target)).fetchone()
    return _draft(row) if row else None


def all_of(register: Register) -> list[Draft]:
    """Return the user's drafts, the latest first."""
    sql = f"SELECT {_COLUMNS} FROM draft WHERE user = ? ORDER BY changed_at DESC, id DESC"
    return [_draft(row) for row in register.conn.execute(sql, (register.user,))]


def drop(register: Register, target: Target) -> None:
    """Remove the user's draft of this form and record."""
    with register.write() as conn:
        forget(conn, register.user, target)


def forget(conn: Connection, user: str, target: Target) -> None:
    """Remove a draft inside a write transaction: that of the save that it has become."""
    conn.execute(f"DELETE FROM draft WHERE {_KEY}", _key(user, target))


def _key(user: str, target: Target) -> tuple[object, ...]:
    return (user, target.form, target.owner_id, target.record_id)


def _draft(row: Row) -> Draft:
    form, owner_id, record_id, version, answers, field, changed_at = row
    target = Target(form, owner_id, record_id, version)
    return Draft(target, json.loads(answers), field, changed_at)

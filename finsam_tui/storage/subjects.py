"""Whom or what a form is about, by the name that lists show."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from finsam_tui.forms import catalogue
from finsam_tui.forms.form import TYPED_ID
from finsam_tui.storage import session

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Target


def participant_of(register: Register, target: Target) -> int:
    """Return the participant that a form is about; 0 where it is about nobody (yet)."""
    form = catalogue.form(target.form)
    if form.table == "participant":
        return cast("int", target.record_id)
    if form.owner == "participant" and target.owner_id:
        return target.owner_id
    if form.owner == "participant":
        sql, given = f"SELECT participant_id FROM {form.table} WHERE id = ?", target.record_id
    else:
        sql = "SELECT participant_id FROM enrolment WHERE id = ?"
        given = session.enrolment_of(register.conn, target)
    row = register.sql(sql, (given,)).fetchone()
    return cast("int", row[0] or 0) if row else 0


def name_of(register: Register, target: Target) -> str:
    """Return the name of whom or what a form is about, as lists have it; "" where it is nobody."""
    form = catalogue.form(target.form)
    if TYPED_ID in form.by_name and target.record_id:
        return register.codes.label(form.table, str(target.record_id))
    sql = "SELECT name FROM listed WHERE id = ?"
    row = register.sql(sql, (participant_of(register, target),)).fetchone()
    return str(row[0]) if row else ""

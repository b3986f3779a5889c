"""What can be done to the register: one verb saves any form, and each form's consequences.

Every verb is one immediate transaction: the rules are checked again inside it with fresh facts, the
record and all its rows are written, what follows from it is done, and the draft it came from is
gone. Either all of it happened or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from finsam_tui.domain.follow_up import FINAL
from finsam_tui.errors import InputError
from finsam_tui.forms import catalogue
from finsam_tui.forms.form import Refused
from finsam_tui.storage import (
    access,
    association,
    drafts,
    follow_ups,
    kept_answers,
    own_codes,
    records,
)
from finsam_tui.storage.session import facts
from finsam_tui.storage.target import Target

if TYPE_CHECKING:
    from finsam_tui.forms.field import Context, Values
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id

Consequence = Callable[["Connection", "Id", "Values", "Context"], None]


def save_form(register: Register, target: Target, values: Values, context: Context) -> Id:
    """Save a form's values and return the id of its record.

    Raises Conflict where somebody changed the record since it was shown, Refused where a rule that
    only the register can check says no, NotAllowed where the user's role does.
    """
    with register.write() as conn:
        access.check_form(register, target)
        values = access.with_hidden(register, target, values)
        fresh = replace(context, facts={**context.facts, **facts(conn, target, values)})
        faults = catalogue.form(target.form).check(values, fresh)
        refusals = [fault for fault in faults if not fault.question]
        if refusals:
            raise Refused(refusals)
        saved = records.write(conn, target, values, fresh)
        if target.form in _CONSEQUENCES:
            _CONSEQUENCES[target.form](conn, saved, values, fresh)
        drafts.forget(conn, register.user, target)
    return saved


def reopen(register: Register, enrolment_id: int) -> None:
    """Take back a closure: the enrolment is open again, calls nobody has made are taken away.

    The assessment and ORS at closure stay, as what the next closure starts from.
    """
    with register.write() as conn:
        access.check_form(register, Target("closure", record_id=enrolment_id))
        open_again = conn.execute(
            "UPDATE enrolment SET end_date = NULL, closure_reason = NULL, version = version + 1"
            " WHERE id = ? AND end_date IS NOT NULL",
            (enrolment_id,),
        )
        if open_again.rowcount == 0:
            raise InputError("Inskrivningen är inte avslutad.")
        follow_ups.schedule(conn, enrolment_id)


def move_code(register: Register, code: Id, by: int) -> bool:
    """Let a code change places with the one before it (-1) or after it (1), if there is one."""
    with register.write() as conn:
        access.check_form(register, Target(own_codes.CODE, record_id=code))
        return own_codes.move(conn, code, by)


def _enrolled(conn: Connection, enrolment: Id, values: Values, _context: Context) -> None:
    """The referral that led here is no longer waiting."""
    row = conn.execute(
        "SELECT r.id FROM referral AS r LEFT JOIN enrolment AS e ON e.referral_id = r.id"
        " WHERE r.participant_id = (SELECT participant_id FROM enrolment WHERE id = ?)"
        " AND r.programme = ? AND r.outcome IN ('queue', 'start') AND e.id IS NULL"
        " ORDER BY r.date DESC, r.id DESC LIMIT 1",
        (enrolment, values["programme"]),
    ).fetchone()
    if row is None:
        return
    conn.execute("UPDATE enrolment SET referral_id = ? WHERE id = ?", (row[0], enrolment))
    conn.execute(
        "UPDATE referral SET outcome = 'start', version = version + 1"
        " WHERE id = ? AND outcome = 'queue'",
        (row[0],),
    )


def _closed(conn: Connection, enrolment: Id, _values: Values, _context: Context) -> None:
    """The calls 6 and 18 months later are scheduled by the closure itself (002 had none)."""
    follow_ups.schedule(conn, int(enrolment))


def _called(conn: Connection, follow_up: Id, values: Values, context: Context) -> None:
    """Every call is an attempt; saying no to being asked is an answer about consent.

    Changing a call that was done corrects its last attempt and adds none.
    """
    if context.facts.get("outcome") in FINAL:
        conn.execute(
            "UPDATE attempt SET outcome = ?, version = version + 1 WHERE outcome <> ? AND id ="
            " (SELECT MAX(id) FROM attempt WHERE follow_up_id = ?)",
            (values["outcome"], values["outcome"], follow_up),
        )
    else:
        conn.execute(
            "INSERT INTO attempt (follow_up_id, at, outcome, callback_at, staff)"
            " VALUES (?, ?, ?, ?, ?)",
            (
                follow_up,
                context.now.isoformat(timespec="minutes"),
                values["outcome"],
                values.get("callback_at"),
                context.user,
            ),
        )
    if values["outcome"] == "no_consent":
        conn.execute("UPDATE follow_up SET consent = 0 WHERE id = ?", (follow_up,))


def _screened(conn: Connection, screening: Id, _values: Values, _context: Context) -> None:
    """Answers from before it was chosen to keep none would no longer agree with the outcome."""
    if not kept_answers.kept(conn):
        kept_answers.erase(conn, [int(screening)])


_CONSEQUENCES: dict[str, Consequence] = {
    "enrolment": _enrolled,
    "closure": _closed,
    "follow_up": _called,
    "screening": _screened,
    "staff": association.hand_over,
    "programme": association.phone_again,
    "code": own_codes.settle,
}

"""What a form knows when it opens: code lists, facts of the register, the earlier occasion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from finsam_tui.domain.follow_up import FINAL
from finsam_tui.domain.steps import is_positive
from finsam_tui.forms import catalogue
from finsam_tui.forms.field import Context
from finsam_tui.storage import annual, association, own_codes, records, staff

if TYPE_CHECKING:
    from datetime import datetime

    from finsam_tui.forms.field import Value, Values
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id, Target

# The occasion whose answers "=" repeats; None is the latest one.
_REPEATS = {"assessment": None, "closure": None, "follow_up": "closure"}

# Of a call made earlier these were about that call; the next one begins without them.
_OF_THE_LAST_CALL = ("outcome", "date", "callback_at")

# One row: an enrolment with what rules ask about it.
_ENROLMENT = """
SELECT e.participant_id, e.programme, e.start_date, e.end_date, p.birth_date,
    s.level AS start_level, c.level AS closure_level,
    EXISTS (SELECT 1 FROM enrolment_result AS r
        JOIN code ON code.list = 'result' AND code.key = r.result AND code.positive = 1
        WHERE r.enrolment_id = e.id) AS positive_result,
    (SELECT MAX(date) FROM assessment
        WHERE enrolment_id = e.id AND occasion IN ('start', 'month')) AS last_entry
FROM enrolment AS e
JOIN participant AS p ON p.id = e.participant_id
LEFT JOIN assessment AS sa ON sa.enrolment_id = e.id AND sa.occasion = 'start'
LEFT JOIN code AS s ON s.list = 'step' AND s.key = sa.step
LEFT JOIN assessment AS ca ON ca.enrolment_id = e.id AND ca.occasion = 'closure'
LEFT JOIN code AS c ON c.list = 'step' AND c.key = ca.step
WHERE e.id = ?
"""


def context(register: Register, target: Target, now: datetime) -> Context:
    """Return what a form knows at `now` about its owner or record."""
    conn = register.conn
    who = staff.working(register)
    return Context(
        codes=register.codes,
        today=now.date(),
        now=now,
        facts=facts(conn, target),
        previous=_previous(register, target),
        user=who.id if who else None,
    )


@dataclass(frozen=True, slots=True)
class Beginning:
    """A form as it opens: its target with the record's version, and the answers as text.

    `new` tells a closure of what is open, and a call to be made, from changing what has been done.
    """

    target: Target
    raws: dict[str, str]
    new: bool


def begin(register: Register, target: Target, context: Context) -> Beginning:
    """Return what stands in a form when it opens: the stored answers, or those of a new one.

    Raises InputError where the record is gone.
    """
    form = catalogue.form(target.form)
    if not target.record_id:
        return Beginning(target, form.defaults(context), new=True)
    record = records.load(register, form, target.record_id)
    target, values = replace(target, version=record.version), record.values
    if form.id == "closure" and values["end_date"] is None:
        return Beginning(target, form.defaults(context), new=True)
    if form.id == "follow_up" and values["outcome"] not in FINAL:
        kept = {name: value for name, value in values.items() if name not in _OF_THE_LAST_CALL}
        raws = {**form.show(kept, context), **form.defaults(context)}
        return Beginning(target, raws, new=True)
    return Beginning(target, form.show(values, context), new=False)


def facts(conn: Connection, target: Target, values: Values | None = None) -> dict[str, Value]:
    """Return what the rules of a form ask of the register; `values` are those about to be saved."""
    form = catalogue.form(target.form)
    if form.table == "participant":
        return _number_taken(conn, target.record_id, values or {})
    if form.table in association.NAMED:
        return association.facts(conn, form.table, target.record_id)
    if form.table == own_codes.CODE:
        return own_codes.facts(conn, target.record_id, values)
    if form.table in annual.ONCE:
        return annual.facts(conn, form.table, target.record_id, values)
    if form.owner == "participant":
        return _participant(conn, target)
    enrolment = enrolment_of(conn, target)
    known = _enrolment(conn, enrolment) if enrolment else {}
    if form.table == "follow_up":
        known["outcome"] = _outcome(conn, target.record_id)
    return known


def enrolment_of(conn: Connection, target: Target) -> int:
    """Return the enrolment that a form is about; 0 where it is about none."""
    form = catalogue.form(target.form)
    if form.table == "enrolment" and not form.owner:
        return cast("int", target.record_id)
    if form.owner == "enrolment" and target.owner_id:
        return target.owner_id
    if target.record_id and (form.owner == "enrolment" or form.table == "follow_up"):
        sql = f"SELECT enrolment_id FROM {form.table} WHERE id = ?"
        row = conn.execute(sql, (target.record_id,)).fetchone()
        return cast("int", row[0]) if row else 0
    return 0


def _outcome(conn: Connection, follow_up: Id) -> Value:
    """Return what the last call came to, None before the first."""
    row = conn.execute("SELECT outcome FROM follow_up WHERE id = ?", (follow_up,)).fetchone()
    return cast("str | None", row[0]) if row else None


def _number_taken(conn: Connection, record_id: Id, values: Values) -> dict[str, Value]:
    number = values.get("personal_id")
    sql = "SELECT 1 FROM participant WHERE personal_id = ? AND id <> ?"
    taken = number is not None and conn.execute(sql, (number, record_id)).fetchone()
    return {"taken_number": number} if taken else {}


def _participant(conn: Connection, target: Target) -> dict[str, Value]:
    participant = target.owner_id
    if not participant and target.record_id:
        sql = f"SELECT participant_id FROM {catalogue.form(target.form).table} WHERE id = ?"
        found = conn.execute(sql, (target.record_id,)).fetchone()
        participant = found[0] if found else 0
    sql = "SELECT birth_date FROM participant WHERE id = ?"
    row = conn.execute(sql, (participant,)).fetchone()
    sql = (
        "SELECT programme FROM enrolment WHERE participant_id = :person AND end_date IS NULL"
        " AND id <> :itself"
        # A closed one may be corrected when the person is back in the same programme.
        " AND NOT EXISTS (SELECT 1 FROM enrolment WHERE id = :itself AND end_date IS NOT NULL)"
    )
    itself = target.record_id if target.form == "enrolment" else 0
    taken = conn.execute(sql, {"person": participant, "itself": itself}).fetchall()
    return {
        "birth_date": row[0] if row else None,
        "open_programmes": tuple(str(programme) for (programme,) in taken),
    }


def _enrolment(conn: Connection, enrolment_id: int) -> dict[str, Value]:
    row = conn.execute(_ENROLMENT, (enrolment_id,)).fetchone()
    if row is None:
        return {}
    participant, programme, start, end, birth, start_level, end_level, positive, last = row
    step = is_positive(start_level, end_level, positive_result=bool(positive))
    return {
        "participant_id": participant,
        "programme": programme,
        "start_date": start,
        "end_date": end,
        "birth_date": birth,
        "last_entry": last,
        "positive_step": int(step),
    }


def _previous(register: Register, target: Target) -> dict[str, Value]:
    """Return the values at the occasion that the form's "=" repeats."""
    if target.form not in _REPEATS:
        return {}
    occasion = _REPEATS[target.form]
    row = register.conn.execute(
        "SELECT id FROM assessment WHERE enrolment_id = ? AND (occasion = ? OR ? IS NULL)"
        " ORDER BY date DESC, id DESC LIMIT 1",
        (enrolment_of(register.conn, target), occasion, occasion),
    ).fetchone()
    if row is None:
        return {}
    return records.load(register, catalogue.form("assessment"), row[0]).values

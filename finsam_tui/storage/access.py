"""Who may see and change what, decided here for every front end; what is opened is logged.

A violence screening and the card of somebody with protected details are for the person's own coach
and the coordinators; what a person has done to others, once it is answered, for the coach alone. A
manager reads lists and reports and changes nothing, as does somebody who has left the staff.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from finsam_tui.errors import NotAllowed
from finsam_tui.forms import catalogue
from finsam_tui.forms.form import TYPED_ID, holds
from finsam_tui.forms.instrument import INFLICTED, ITEM, instrument
from finsam_tui.storage import association, kept_answers, records, staff, subjects
from finsam_tui.storage.access_log import log_access
from finsam_tui.storage.session import enrolment_of
from finsam_tui.storage.staff import COORDINATOR, READER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from finsam_tui.forms.field import Value, Values
    from finsam_tui.forms.form import Form
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Target

SCREENING = "screening"

READS = "du har rollen chef och läser listor och rapporter; be en coach eller samordnaren."
GONE = "du är inte kvar som medarbetare och ändrar ingenting; be samordnaren."
SCREENED = "våldsscreeningen visas bara för deltagarens coach och samordnaren."
OFFICE = "medarbetare, insatser, kommuner, kodlistor och förbundets namn sköter samordnaren."
DESERTED = (
    "ingen samordnare med nyckel skulle vara kvar; ge först någon annan rollen och en nyckel."
)
PROTECTED = "skyddade uppgifter visas bara för deltagarens coach och samordnaren."


def refuse_reader(register: Register) -> None:
    """Raise NotAllowed where the user reads only; a service and the like have no role, and may."""
    sql = "SELECT role, active FROM staff WHERE slot = ?"
    row = register.sql(sql, (register.user,)).fetchone()
    if row and not row["active"]:
        raise NotAllowed(GONE)
    if row and row["role"] == READER:
        raise NotAllowed(READS)


def screening_allowed(register: Register, staff: str | None, enrolment_id: int) -> bool:
    """Return whether `staff` (an id) is the enrolment's own coach or a coordinator, and active."""
    if staff is None:
        return False
    rows = register.rows("access_rights", staff=staff, enrolment_id=enrolment_id)
    return any(
        row["role"] == COORDINATOR or (row["role"] is not None and row["coach"] == staff)
        for row in rows
    )


def check_person(register: Register, participant_id: int) -> None:
    """Raise NotAllowed unless the user may see and change what there is about a person."""
    refuse_reader(register)
    row = next(iter(register.rows("access_protected", participant_id=participant_id)), None)
    if row is None:
        return
    who = staff.working(register)
    if who and (who.role == COORDINATOR or not row["coaches"]):
        return  # who has no coach yet is taken in by any of them
    own = "SELECT 1 FROM enrolment WHERE participant_id = ? AND staff = ?"
    if not who or not register.sql(own, (participant_id, who.id)).fetchone():
        raise NotAllowed(PROTECTED)


def check_form(register: Register, target: Target) -> None:
    """Raise NotAllowed unless the user may see and save this form of this record."""
    check_person(register, subjects.participant_of(register, target))
    if target.form in association.FORMS and not staff.keeps(register):
        raise NotAllowed(OFFICE)
    if target.form == SCREENING:
        who = staff.working(register)
        enrolment = enrolment_of(register.conn, target)
        if not screening_allowed(register, who.id if who else None, enrolment):
            raise NotAllowed(SCREENED)


def guard(register: Register) -> Callable[[Iterable[str]], None]:
    """Return what raises NotAllowed where files may not change records of the forms it is told.

    Made before they do, for they may change the user's role. A service has none, and may change
    all; nobody's files leave a register without the coordinators that it had.
    """
    free = staff.working(register) is None or staff.keeps(register)
    coordinated = bool(staff.coordinators_slots(register))

    def check(forms: Iterable[str]) -> None:
        if not free and set(forms) & set(association.FORMS):
            raise NotAllowed(OFFICE)
        if coordinated and not staff.coordinators_slots(register):
            raise NotAllowed(DESERTED)

    return check


def may_open(register: Register, target: Target) -> bool:
    """Return whether `check_form` lets the user in."""
    try:
        check_form(register, target)
    except NotAllowed:
        return False
    return True


def open_person(register: Register, participant_id: int, detail: str | None = None) -> None:
    """Note that the user opens a person's card or call; raises NotAllowed."""
    check_person(register, participant_id)
    log_access(register, "person", participant_id, detail)


def open_form(register: Register, target: Target) -> Form:
    """Return a form as the user may see it, and note that a screening is opened; NotAllowed."""
    check_form(register, target)
    form = catalogue.form(target.form).of_record(target.record_id)
    if target.form != SCREENING:
        return form
    enrolment = enrolment_of(register.conn, target)
    participant = subjects.participant_of(register, target)
    log_access(register, "screening", participant, f"enrolment {enrolment}")
    hidden = hidden_answers(register, target)
    seen = replace(form, fields=tuple(f for f in form.fields if f.name not in hidden))
    return kept_answers.opened(register, seen, target)


def with_hidden(register: Register, target: Target, values: Values) -> Values:
    """Return the values of a form that is saved, with the stored ones that nobody is asked."""
    hidden = hidden_answers(register, target) if target.form == SCREENING else {}
    form = catalogue.form(target.form)
    kept = {n: v for n, v in hidden.items() if holds(form.by_name[n].when, values)}
    if target.record_id and TYPED_ID in form.by_name:
        kept[TYPED_ID] = target.record_id
    return {**values, **dict.fromkeys(hidden), **kept}


def hidden_answers(register: Register, target: Target) -> dict[str, Value]:
    """Return the stored answers of a screening that are not for the user, field → value."""
    who = staff.working(register)
    sql = "SELECT staff FROM enrolment WHERE id = ?"
    own = register.sql(sql, (enrolment_of(register.conn, target),)).fetchone()
    if not target.record_id or (who and own and own["staff"] == who.id):
        return {}
    form = catalogue.form(SCREENING)
    values = records.load(register, form, target.record_id).values
    keys = {
        ITEM + key
        for part in form.parts
        if part.instrument
        for key in instrument(part.instrument).keys(INFLICTED)
    }
    return {name: values[name] for name in keys if values.get(name) is not None}

"""Everything held on one participant: the records in words, what was changed, who opened them.

For the participant's own right of access (Article 15 GDPR), so nothing is left out but what the
user may not see: that is told, and somebody else has to add it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from finsam_tui.forms.instrument import ITEM
from finsam_tui.storage import access, staff, trail, wording
from finsam_tui.storage.audit_triggers import audited
from finsam_tui.storage.holdings import PARTICIPANT, Held, Holdings
from finsam_tui.storage.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.forms.codes import Codes
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.trail import Event

_SCREENING, _ANSWERS = "screening", "screening_answer"


class Record(NamedTuple):
    """A row: `values` are column → stored value, `told` (label, value) in words, in order."""

    table: str
    id: int
    values: dict[str, Any]
    told: tuple[tuple[str, str], ...]


class Dossier(NamedTuple):
    """What is held; `withheld` are the rows, by table, that the user may not see."""

    participant: int
    records: tuple[Record, ...]
    history: tuple[Event, ...]
    opened: tuple[Event, ...]
    withheld: dict[str, int]


def dossier(register: Register, participant: int) -> Dossier:
    """Return all that is held on a participant; raises NotAllowed where the user may not see it."""
    access.check_person(register, participant)
    holdings = Holdings(register.conn)
    rows = holdings.of(participant)
    own = Held(PARTICIPANT, "id", PARTICIPANT, "id")
    sieve = _Sieve(register)
    records = [
        record
        for held in (own, *holdings.tables)
        for record in _records(register, held, rows.current[held.parent])
        if sieve.lets(record)
    ]
    events = list(trail.events(register.conn, about=rows))
    return Dossier(
        participant,
        tuple(records),
        tuple(e for e in events if e.log == "audit" and (e.table, e.row) not in sieve.touched),
        tuple(e for e in events if e.log == "access"),
        sieve.withheld,
    )


class _Sieve:
    """Lets through what the user may see of the records, screenings before their answers.

    `touched` are the rows (table, id) whose history tells what was not let through.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        who = staff.working(register)
        self._staff = who.id if who else None
        self._screenings: set[int] = set()
        self.withheld: dict[str, int] = {}
        self.touched: set[tuple[str, str]] = set()

    def lets(self, record: Record) -> bool:
        if record.table == _SCREENING:
            enrolment = record.values["enrolment_id"]
            seen = access.screening_allowed(self._register, self._staff, enrolment)
            self._screenings |= set() if seen else {record.id}
        elif record.table == _ANSWERS:
            target = Target(_SCREENING, record_id=record.id)
            item = ITEM + record.values["item"]
            seen = record.id not in self._screenings and (
                item not in access.hidden_answers(self._register, target)
            )
        else:
            return True
        if not seen:
            self.withheld[record.table] = self.withheld.get(record.table, 0) + 1
            self.touched.add((record.table, str(record.id)))
        return seen


def _records(register: Register, held: Held, parents: set[int]) -> Iterator[Record]:
    columns = (held.key, *audited(register.conn)[held.table][1])
    names = ", ".join(dict.fromkeys((*columns, held.column)))
    for parent in sorted(parents):
        sql = f"SELECT {names} FROM {held.table} WHERE {held.column} = ?"
        for row in register.sql(sql, (parent,)).fetchall():
            values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - rows iterate values
            told = _told(held, values, register.codes)
            yield Record(held.table, row[held.key], values, told)


def _told(held: Held, values: dict[str, Any], codes: Codes) -> tuple[tuple[str, str], ...]:
    """Return a row in words, without what only ties it to others."""
    if "item" in values:
        return (wording.answer(held.table, values["item"], values["answer"], codes),)
    return tuple(
        (wording.label(held.table, name), wording.shown(held.table, name, value, codes))
        for name, value in values.items()
        if value is not None and name not in {held.key, held.column}
    )

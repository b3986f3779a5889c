"""A day's work by the verbs, step by step, and how much of it a register holds.

Each person of a writer is four steps: a draft is kept, the participant saved (and the draft gone),
the enrolment, the closure with all that it brings about. Each step is one transaction, so a
register always holds a whole number of them: `done` counts, and fails where it holds half a one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.errors import FinsamError
from finsam_tui.storage import audit, drafts, integrity
from finsam_tui.storage.drafts import Draft
from finsam_tui.storage.driver import DatabaseError
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Target
from tests.register import KEY, NOW, Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from finsam_tui.storage.target import Id

STEPS = 4  # of each person
PARTICIPANT = Target("participant")
CLOSURE = {"end_date": "2024-08-31", "closure_reason": "utskrivning", "result": "studier|flytt"}
CLOSURE |= {"step": "Kom i jobb", "livelihood": "lön", "occupation": "studier:50", "total": "24,3"}

# One row: a writer's person, with how many rows each step has left.
_DONE = """
SELECT first_name,
    (SELECT count(*) FROM enrolment WHERE participant_id = participant.id) AS enrolments,
    (SELECT count(*) FROM enrolment WHERE participant_id = participant.id
        AND end_date IS NOT NULL) AS closed,
    (SELECT count(*) FROM assessment JOIN enrolment ON enrolment.id = enrolment_id
        WHERE participant_id = participant.id) AS assessments,
    (SELECT count(*) FROM enrolment_result JOIN enrolment ON enrolment.id = enrolment_id
        WHERE participant_id = participant.id) AS results,
    (SELECT count(*) FROM follow_up JOIN enrolment ON enrolment.id = enrolment_id
        WHERE participant_id = participant.id) AS calls
FROM participant WHERE last_name = ? ORDER BY first_name
"""
# What the rows of a person are after each step but the first.
_ROWS = {(0, 0, 0, 0, 0): 2, (1, 0, 1, 0, 0): 3, (1, 1, 2, 2, 2): 4}


def make(folder: Path) -> Path:
    """Make a register to work in, in a folder made if need be, and return where it is."""
    folder.mkdir(exist_ok=True)
    office = make_office(folder)
    office.register.close()
    return office.register.path


def opened(path: Path, user: str = "anna") -> Register:
    return Register.open(path, user=user, raw_key=KEY)


class Writer:
    """Goes on with the work of somebody; `saved` is how many steps have been acknowledged."""

    def __init__(self, register: Register, name: str, now: datetime = NOW) -> None:
        self.office, self.name = Office(register, now), name
        self.saved = done(register, name)

    def step(self) -> None:
        """Do the next step; whatever it raises, it is the next one again."""
        number, kind = divmod(self.saved, STEPS)
        (self._draft, self._register, self._enrol, self._close)[kind](_first_name(number))
        self.saved += 1

    def _draft(self, first_name: str) -> None:
        draft = Draft(PARTICIPANT, self._person(first_name), "sex", self.office.now.isoformat())
        drafts.keep(self.office.register, draft)

    def _register(self, first_name: str) -> None:
        self.office.save(PARTICIPANT, **self._person(first_name))

    def _enrol(self, first_name: str) -> None:
        target = Target("enrolment", owner_id=int(str(self._id("participant", first_name))))
        start = {"step": "Introduktion", "livelihood": "a-kassa", "hours": "2"}
        self.office.save(target, programme="SAM", staff="C1", start_date="2024-01-10", **start)

    def _close(self, first_name: str) -> None:
        enrolment = self._id("enrolment", first_name)
        self.office.save(self.office.shown("closure", enrolment), **CLOSURE)

    def _person(self, first_name: str) -> dict[str, str]:
        named = {"first_name": first_name, "last_name": self.name, "birth_date": "1990-05-01"}
        return {"registration": "person", "sex": "kvinna", "protection": "nej", **named}

    def _id(self, table: str, first_name: str) -> Id:
        sql = (
            f"SELECT {table}.id FROM participant LEFT JOIN enrolment"
            " ON participant_id = participant.id WHERE last_name = ? AND first_name = ?"
        )
        (row,) = self.office.register.sql(sql, (self.name, first_name)).fetchall()
        return int(row[0])


def done(register: Register, name: str) -> int:
    """Return how many steps of a writer's the register holds; AssertionError for half a step."""
    people = register.sql(_DONE, (name,)).fetchall()
    assert [row["first_name"] for row in people] == [_first_name(n) for n in range(len(people))]
    stages = [_ROWS.get(tuple(row)[1:], 0) for row in people]
    assert set(stages[:-1]) <= {STEPS}, f"half-saved: {[tuple(row) for row in people]}"
    assert 0 not in stages, f"half-saved: {[tuple(row) for row in people]}"
    whole = STEPS * (len(stages) - 1) + stages[-1] if stages else 0
    draft = drafts.find(register, PARTICIPANT)
    if draft is None or register.user != name:
        return whole
    assert draft.raws["first_name"] == _first_name(len(people)), "an old draft"
    assert whole % STEPS == 0, "a draft beside somebody's half"
    return whole + 1


def faults(path: Path, name: str, least: int, most: int) -> Iterator[str]:
    """Yield what is wrong with a register that should hold so many of a writer's steps."""
    try:
        with opened(path, name) as register:
            whole = integrity.check(register)
            if not whole.whole:
                yield f"{name}: {whole}"
            yield from (f"{name}: {fault}" for fault in audit.verify(register.conn))
            held = done(register, name)
    except (AssertionError, FinsamError, DatabaseError) as error:
        yield f"{name}: {error!r}"
        return
    if not least <= held <= most:
        yield f"{name}: {held} steps are there, acknowledged were {least}, begun {most}"


def _first_name(number: int) -> str:
    return f"Person {number:05}"

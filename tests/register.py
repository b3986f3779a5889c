"""A small register to work in, and the shortest way to save a form in it, as a person would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from finsam_tui.forms import catalogue
from finsam_tui.storage import records, session, verbs
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Id, Target

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))  # of registers that live for a second
NOW = datetime(2024, 1, 10, 9, 0)

_EMPTY: dict[str, bytes] = {}  # user → the file of an empty register


def empty_register(path: Path, *, user: str) -> Register:
    """Return an open, empty register that KEY opens: a user's are copies of one that was made."""
    if user in _EMPTY:
        path.write_bytes(_EMPTY[user])
        path.chmod(0o600)
    else:
        Register.create(path, user=user, raw_key=KEY).close()
        _EMPTY[user] = path.read_bytes()
    return Register.open(path, user=user, raw_key=KEY)


@dataclass
class Office:
    """A team at work: a register, a clock that the test moves, and forms filled in as text."""

    register: Register
    now: datetime = NOW

    def save(self, target: Target, /, **raws: str) -> int:
        """Save a form from what was typed; the test fails where the form refuses it."""
        context = session.context(self.register, target, self.now)
        reading = catalogue.form(target.form).read(raws, context)
        assert reading.refusals == []
        return int(verbs.save_form(self.register, target, reading.values, context))

    def shown(self, form: str, record_id: Id) -> Target:
        """Return the target of somebody who has just opened a record to change it."""
        found = records.load(self.register, catalogue.form(form), record_id)
        return Target(form, record_id=record_id, version=found.version)

    def row(self, sql: str, *params: object) -> dict[str, object]:
        """Return the only row of a query, as column → value."""
        (found,) = self.rows(sql, *params)
        return found

    def rows(self, sql: str, *params: object) -> list[dict[str, object]]:
        """Return the rows of a query, as column → value."""
        return [dict(row) for row in self.register.conn.execute(sql, params)]


def make_office(folder: Path) -> Office:
    """Return an office with a programme, a coach, and a municipality in its lists."""
    folder.chmod(0o700)
    register = empty_register(folder / "register.db", user="anna")
    with register.write() as conn:
        conn.execute("INSERT INTO association (id, name) VALUES (1, 'Förbundet Provinsen')")
        conn.execute("INSERT INTO municipality (id, name, share) VALUES ('1881', 'Kumla', 40)")
        conn.execute(
            "INSERT INTO programme (id, name, type, max_months)"
            " VALUES ('SAM', 'Samordningsteamet', 'individual', 12)"
        )
        conn.execute("INSERT INTO programme_follow_up VALUES ('SAM', '6'), ('SAM', '18')")
        conn.execute(
            "INSERT INTO staff (id, name, role, slot) VALUES ('C1', 'Anna Coach', 'coach', 'anna')"
        )
    return Office(register)

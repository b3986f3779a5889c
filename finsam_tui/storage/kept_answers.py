"""Whether a violence screening's answers are kept, or only what it found: the association's choice.

Answers that are not kept are never written: the outcome is worked out as the form is saved. Those
from before the choice are due at once (`erasure`), and go at the latest when one is saved again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from finsam_tui.domain import retention
from finsam_tui.errors import NotAllowed
from finsam_tui.forms.instrument import ITEM
from finsam_tui.storage import erasure, staff, wording
from finsam_tui.storage.eraser import ANSWERS, Eraser
from finsam_tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.forms.form import Form
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Target

OWNER, TABLE = "screening", "screening_answer"
RULE = next(rule for rule in retention.RULES if rule.kind == ANSWERS)
REASON = "Bara screeningens utfall sparas."
ONLY_OUTCOME = "Svaren sparas inte fråga för fråga, bara utfallet."
UNASKED = "Frågorna lämnas tomma när utfallet står fast."

# One row: a screening that tells what it found, and has no answers.
_OUTCOME = (
    "SELECT exposed, kinds FROM screening WHERE id = ? AND exposed IS NOT NULL"
    f" AND NOT EXISTS (SELECT 1 FROM {TABLE} WHERE screening_id = screening.id)"
)


def kept(conn: Connection, table: str = TABLE) -> bool:
    """Return whether the answers in `table` are kept; those of questionnaires always are."""
    sql = "SELECT 1 FROM setting WHERE key = ? AND value = ?"
    chosen = (RULE.setting, retention.NOT_AT_ALL)
    return table != TABLE or conn.execute(sql, chosen).fetchone() is None


def choose(register: Register, *, keep: bool) -> int:
    """Set it for all, noted in the log; return how many screenings have answers to be erased.

    Raises NotAllowed but for a coordinator.
    """
    if not staff.coordinates(register):
        raise NotAllowed("om screeningens svar sparas bestämmer samordnaren.")
    if keep != kept(register.conn):
        set_kept(register, keep=keep)
    if keep:
        return 0
    rows = register.sql(f"SELECT count(DISTINCT screening_id) FROM {TABLE}").fetchall()
    return int(rows[0][0])


def set_kept(register: Register, *, keep: bool) -> None:
    """Set it, whoever asks: the usual time, or not at all."""
    erasure.choose(register, RULE, str(RULE.months) if keep else retention.NOT_AT_ALL)


def told(*, keep: bool, left: int) -> str:
    """Return in words what has been chosen, and how many screenings there are to be erased from."""
    if keep:
        return "Våldsscreeningens svar sparas fråga för fråga, tills de gallras."
    done = "Från nu sparas bara våldsscreeningens utfall, inte svaren fråga för fråga."
    if not left:
        return done
    before = plural(left, "tidigare screening", "tidigare screeningar")
    return f"{done} {before} har kvar sina svar: finsam gallra --apply tar bort dem."


def erase(conn: Connection, screenings: Iterable[int]) -> None:
    """Erase what answers these have, with their traces in the audit, inside a transaction."""
    marks = "SELECT 1 FROM screening_answer WHERE screening_id = ?"
    found = [id for id in screenings if conn.execute(marks, (id,)).fetchone()]
    if found:
        Eraser(conn).erase(ANSWERS, found, REASON)


def opened(register: Register, form: Form, target: Target) -> Form:
    """Return the form of a screening as it opens: it says what is not kept, and tells the outcome.

    Where there is an outcome without answers, none has to be given again.
    """
    told = [form.intro, *([] if kept(register.conn) else [ONLY_OUTCOME])]
    row = register.sql(_OUTCOME, (target.record_id,)).fetchone()
    if row is None:
        return replace(form, intro=" ".join(told))
    exposed = f"utsatt för {wording.kinds(row['kinds'])}" if row["kinds"] else "utsatt"
    told += [f"Utfall: {exposed if row['exposed'] else 'inte utsatt'}.", UNASKED]
    fields = tuple(
        replace(f, required=f.required and not f.name.startswith(ITEM)) for f in form.fields
    )
    return replace(form, fields=fields, intro=" ".join(told))

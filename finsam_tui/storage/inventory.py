"""Whose data a copy of the register holds, for the report of an incident; the copy is untouched."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.errors import CopyError, RegisterError, UsageError
from finsam_tui.storage import age, files, opening
from finsam_tui.storage.holdings import PARTICIPANT, tables
from finsam_tui.storage.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.storage.keys import Unlocked

_BESIDE = ("-wal", "")  # what belongs to a register that was copied while in use


class Kind(NamedTuple):
    """A kind of data: how many rows there are of it, and of how many participants."""

    table: str
    rows: int
    participants: int


class Whom(NamedTuple):
    """A participant by the name that lists show: who is protected is not named."""

    id: int
    name: str
    protected: bool
    birth_date: str | None


class Inventory(NamedTuple):
    """What a copy holds; `first` is the day of its earliest event, `changed` its last change, UTC.

    Both are None in a copy without any.
    """

    association: str
    first: str | None
    changed: str | None
    kinds: tuple[Kind, ...]
    participants: tuple[Whom, ...]


@contextmanager
def opened(copy: Path, unlocked: Unlocked) -> Iterator[Register]:
    """Open a copy of a copy, in a private folder beside it that is gone afterwards.

    Opening changes a file, and what somebody else may have seen is evidence; where it lies on a
    disk that is not to be written, the folder is among the system's temporary ones. Raises
    CopyError where there is nothing that opens with the key, and UsageError for one that is wrapped
    for age.
    """
    if not copy.is_file():
        raise CopyError(f"det finns ingen kopia {copy}; kontrollera sökvägen.")
    if age.is_wrapped(copy):
        raise UsageError("kopian är gjord för en mottagare med age; packa upp den med age först.")
    beside = copy.parent if os.access(copy.parent, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix=".incident-", dir=beside) as folder:
        work = Path(folder).resolve() / "copy.db"
        with files.told(work):
            for end in _BESIDE:
                source = copy.with_name(copy.name + end)
                if source.exists():
                    target = work.with_name(work.name + end)
                    shutil.copyfile(source, target)
                    target.chmod(0o600)
        try:
            raw_key = unlocked.raw_keys[opening.find_generation(work, unlocked)]
            register = Register.open(work, user=unlocked.slot.name, raw_key=raw_key)
        except RegisterError as error:
            raise CopyError(
                f"{copy} öppnas inte av nyckeln: är den från före ett nyckelbyte, lägg dess egen "
                "nyckelfil (.nycklar) bredvid; annars är den skadad, eller av ett annat register."
            ) from error
        with register:
            yield register


def inventory(register: Register) -> Inventory:
    """Return what a register holds, and on whom."""
    about = register.one("inventory")
    return Inventory(
        about["association"] or "",
        about["first"],
        about["changed"],
        tuple(_kinds(register)),
        tuple(
            Whom(row["id"], row["name"], row["protected"] == 1, row["birth_date"])
            for row in register.rows("inventory_participants")
        ),
    )


def _kinds(register: Register) -> Iterator[Kind]:
    """Yield every kind of data on participants that there is any of, their own first."""
    own = f"SELECT id, id AS participant FROM {PARTICIPANT}"
    sources = {PARTICIPANT: own}
    for held in tables(register.conn):
        named = "t.id" if held.key == "id" else f"t.{held.column}"
        sources[held.table] = (
            f"SELECT {named} AS id, p.participant FROM {held.table} AS t"
            f" JOIN ({sources[held.parent]}) AS p ON p.id = t.{held.column}"
        )
    for table, source in sources.items():
        counted = f"SELECT count(*), count(DISTINCT participant) FROM ({source})"
        ((rows, participants),) = register.sql(counted).fetchall()
        if rows:
            yield Kind(table, rows, participants)

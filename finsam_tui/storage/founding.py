"""Makes a new register with its association in it, or leaves nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError
from finsam_tui.storage import (
    files,
    kept_answers,
    key_file,
    opening,
    place,
    session,
    staff_keys,
    verbs,
)
from finsam_tui.storage.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from finsam_tui.forms.field import Values
    from finsam_tui.storage.keys import Ring
    from finsam_tui.storage.register import Register

# Fields that no two records of a form may share, in capitals or not: as the rules have it later.
_UNIQUE = {
    "municipality": ("id", "name"),
    "programme": ("id", "name"),
    "staff": ("id",),
}


@dataclass(frozen=True, slots=True)
class Foundation:
    """What a register begins with, as the values of its forms.

    `founder` is the staff id of the person whose key slot makes the register; None for a service.
    `answers` says whether a violence screening's answers are kept, or only what it found.
    """

    association: Values
    municipalities: tuple[Values, ...] = ()
    programmes: tuple[Values, ...] = ()
    staff: tuple[Values, ...] = ()
    founder: str | None = None
    answers: bool = True

    def records(self) -> Iterator[tuple[str, Values]]:
        """Yield (form id, values) of every record, in the order to save them."""
        yield "association", self.association
        yield from (("municipality", values) for values in self.municipalities)
        yield from (("programme", values) for values in self.programmes)
        yield from (("staff", values) for values in self.staff)


def check_free(register: Path, *others: Path) -> None:
    """Refuse, before anything is asked or made, what would stop a new register.

    `others` are the further files to be made. Raises InputError where something is in the way or
    two paths are one, and the RegisterErrors of a folder where no register may lie.
    """
    paths = [register, key_file.path_of(register), *(path.resolve() for path in others)]
    for path in paths:
        place.refuse_existing(path)
    if len(set(paths)) < len(paths):
        raise InputError("registret och dess nyckelfiler kan inte ha samma namn; ge dem olika.")
    if register.parent.exists():
        place.check_folder(register.parent)


def twin(form: str, values: Values, others: Iterable[Values]) -> str | None:
    """Return the field of `values` that one of the `others` has the same answer in, if any."""
    for field in _UNIQUE[form]:
        taken = {str(other[field]).casefold() for other in others}
        if str(values[field]).casefold() in taken:
            return field
    return None


def found(path: Path, ring: Ring, user: str, foundation: Foundation, now: datetime) -> None:
    """Make the register at `path` that the slots of `ring` open, with all of `foundation` in it.

    `user` is the name of the slot that makes it. Whatever goes wrong, nothing is left: no register,
    no key file and none of the files that `ring` has made. Raises as `opening.create_register`.
    """
    register = opening.create_register(path, ring, user)
    try:
        with register:
            _fill(register, foundation, now)
    except BaseException:
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        key_file.path_of(path).unlink(missing_ok=True)
        ring.undo()
        raise


def _fill(register: Register, foundation: Foundation, now: datetime) -> None:
    for form, values in foundation.records():
        target = Target(form)
        verbs.save_form(register, target, values, session.context(register, target, now))
    if not foundation.answers:
        kept_answers.set_kept(register, keep=False)
    if foundation.founder is not None:
        staff_keys.link(register, foundation.founder, register.user)


def add_paper(ring: Ring, path: Path) -> None:
    """Add a recovery code, written to a new file of mode 0600 that `ring.undo` removes."""
    files.new_private(path, f"{ring.add_recovery()}\n".encode("ascii"))
    ring.made.append(path)

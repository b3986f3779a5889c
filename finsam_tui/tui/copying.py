"""The copies of the register on screen: how old the last one is, and a new one as it is left.

What is asked once a second is told by a small file beside the register; the disk with the copies is
another process's business.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from finsam_tui import crash
from finsam_tui.domain.copies import DRIFT
from finsam_tui.errors import FinsamError
from finsam_tui.storage import copier, last_copy
from finsam_tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finsam_tui.storage.copier import Copying
    from finsam_tui.storage.register import Register

OLD = timedelta(hours=26)  # a nightly copy that is late by two hours is late
_UNDER_WAY = "kopia görs …"


class Copies:
    """What the status line says of copies: `text`, and whether it is a `warning`.

    A new one is put in `folder`, else where the last one is; nowhere if that is wrapped for others
    to read, or unless `wanted`.
    """

    def __init__(
        self,
        register: Path,
        folder: Path | None = None,
        *,
        wanted: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._register = register
        self._folder = folder
        self._wanted = wanted
        self._clock = clock
        self._wrong = ""
        self.making: Copying | None = None
        self.text, self.warning = "", False

    def begin(self, register: Register) -> None:
        """Have a copy made where one is due, and be back at once; the key is in other hands then.

        What goes wrong is told by `look`: nothing may keep the register from being closed.
        """
        last = last_copy.read(self._register)
        folder = self._folder or (None if last is None or last.wrapped else last.folder)
        new_enough = last is not None and not last_copy.is_due(self._register, last, self._clock())
        if folder is None or new_enough or self.making or not self._wanted:
            return
        try:
            self.making = copier.Copying(register, folder)
            self.text, self.warning = _UNDER_WAY, False
        except (FinsamError, OSError) as error:
            self._wrong = crash.explain(error)[0]

    def look(self) -> str:
        """Bring `text` up to date; return what went wrong since the last look, "" if nothing."""
        wrong, self._wrong = self._wrong, ""
        if self.making and (ended := self.making.ended()) is not None:
            self.making, wrong = None, ended
        self.text, self.warning = (_UNDER_WAY, False) if self.making else self._age()
        return wrong

    def _age(self) -> tuple[str, bool]:
        last = last_copy.read(self._register)
        if last is None:
            return "ingen kopia", True
        age = self._clock() - last.made
        if age < -DRIFT:
            return "kopia från framtiden", True
        return f"kopia {_ago(age)}", age > OLD


def _ago(age: timedelta) -> str:
    """Return "3 tim sedan"."""
    minutes = int(age.total_seconds()) // 60
    if minutes < 1:
        return "nyss"
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{minutes} min sedan"
    if age < timedelta(days=2):
        return f"{minutes // 60} tim sedan"
    return f"{plural(age.days, 'dygn', 'dygn')} sedan"

"""The copy that is made as somebody leaves the register: where to, and a line about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.settings import NEVER, read_copies
from finsam_tui.text import safe

if TYPE_CHECKING:
    from finsam_tui.tui.copying import Copies

PATIENCE = 5.0  # seconds that somebody who leaves has for a copy


def copies_of(register: Path, config: str) -> Copies:
    """Return the copies of a register as the settings in a folder have them; raises InputError."""
    from finsam_tui.tui.copying import Copies

    chosen = read_copies(config)
    folder = Path(chosen).expanduser() if chosen not in {"", NEVER} else None
    return Copies(register, folder, wanted=chosen != NEVER)


def see_through(copies: Copies) -> None:
    """Tell in a line what becomes of a copy that is being made; it is not waited for for long."""
    if copies.making is None:
        said = copies.look()
    else:
        print("Gör en säkerhetskopia … ", end="", flush=True)
        try:
            said = _told(copies.making.ended(PATIENCE), copies.making.folder)
        except KeyboardInterrupt:
            said = _told(None, copies.making.folder)
    if said:
        print(said)


def _told(wrong: str | None, folder: Path) -> str:
    if wrong is None:
        return f"den blir klar i bakgrunden, i {safe(str(folder))}."
    return wrong or f"klar, i {safe(str(folder))}."

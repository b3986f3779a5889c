"""New secrets by prompt: a passphrase typed twice unseen, a recovery code written down and proved.

How a line is asked for without echo is the caller's: `Unseen` is that function.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError, UsageError, WrongKey
from finsam_tui.storage import recovery_code
from finsam_tui.storage.slots import MIN_PASSPHRASE, check_passphrase

if TYPE_CHECKING:
    from finsam_tui.prompts.lines import Lines

# Returns what is typed at a prompt, without echo; raises UsageError where that cannot be had.
Unseen = Callable[[str], str]

TRIES = 3  # empty answers in a row before it is taken that nobody can answer
PROVED = 2  # groups of the code that are typed back


def new_passphrase(lines: Lines, unseen: Unseen) -> str:
    """Return a new passphrase that is long enough and was typed the same twice."""
    lines.tell(
        f"Välj en lösenfras med minst {MIN_PASSPHRASE} tecken, hellre fyra ord än ett svårt. "
        "Den syns inte medan du skriver."
    )
    while True:
        passphrase = _patiently(lines, unseen, "Ny lösenfras: ")
        try:
            check_passphrase(passphrase)
        except FieldError as error:
            lines.tell(f"! {error}")
            continue
        if _patiently(lines, unseen, "Samma en gång till: ") == passphrase:
            return passphrase
        lines.tell("! De två är inte lika; skriv dem igen.")


def _patiently(lines: Lines, unseen: Unseen, prompt: str) -> str:
    """Ask again where nothing was typed: an Enter too many must not cost all that came before."""
    for _ in range(TRIES - 1):
        try:
            return unseen(prompt)
        except UsageError as error:
            lines.tell(f"! {error}")
    return unseen(prompt)


def prove_code(lines: Lines, code: str) -> None:
    """Show a recovery code, once, and return when parts of it have been typed back."""
    groups = code.split("-")
    lines.tell(
        "\nÅterställningskoden öppnar registret när ingen minns sin lösenfras. Den visas bara nu:"
        f"\n\n  {' '.join(groups[:4])}\n  {' '.join(groups[4:])}\n\n"
        "Skriv av den på papper och lås in pappret. Visa sedan att du har den:"
    )
    for place in sorted(secrets.SystemRandom().sample(range(len(groups)), PROVED)):
        _prove(lines, groups, place)
    lines.tell("Det stämmer. Rensa skärmen när du är klar.")


def _prove(lines: Lines, groups: list[str], place: int) -> None:
    while True:
        typed = "".join(lines.ask(f"Grupp {place + 1} av {len(groups)}:").split())
        if len(typed) != len(groups[place]):
            lines.tell(f"! En grupp har {len(groups[place])} tecken; skriv bara den gruppen.")
            continue
        try:
            # The groups around it are right, so what it says is about this one.
            recovery_code.read("-".join([*groups[:place], typed, *groups[place + 1 :]]))
        except WrongKey as error:
            lines.tell(f"! {error}")
        else:
            return

"""Whom a command is about: an id as argument, or a personal number typed where nobody sees it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.commands._register import ask_secret
from finsam_tui.domain import personal_id
from finsam_tui.errors import FieldError, InputError, NotAllowed, UsageError
from finsam_tui.storage import staff
from finsam_tui.storage.staff import COORDINATOR

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

_ID_DIGITS = 8  # of the largest id; ten are a personal number
MISSING = "det finns ingen sådan deltagare i registret."


def number(text: str) -> int:
    """Return a participant's id; raises UsageError, with a word on personal numbers."""
    if text.isascii() and text.isdecimal() and len(text) <= _ID_DIGITS and int(text):
        return int(text)
    raise UsageError(
        "ange deltagarens nummer, som 12. Ett personnummer får aldrig stå på kommandoraden, där "
        "andra kan se det och skalet minns det: kör finsam person utan nummer och skriv det där."
    )


def ask(register: Register) -> int:
    """Return the id of whom a personal number, typed without echo, belongs to."""
    typed = ask_secret("Personnummer: ", "deltagarens nummer")
    try:
        digits = personal_id.parse(typed, date.today()).digits  # noqa: DTZ011 - as people are born
    except FieldError as error:
        raise InputError(str(error)[:1].lower() + str(error)[1:]) from None
    row = register.sql("SELECT id FROM participant WHERE personal_id = ?", (digits,)).fetchone()
    if row is None:
        raise InputError(MISSING)
    return int(row[0])


def check(register: Register, participant: int) -> None:
    """Raise InputError where there is no such participant."""
    if not register.sql("SELECT 1 FROM participant WHERE id = ?", (participant,)).fetchone():
        raise InputError(MISSING)


def coordinators_only(register: Register, *, services: bool = False) -> None:
    """Raise NotAllowed unless a coordinator opened the register, or a service where these may."""
    who = staff.working(register)
    if (who and who.role == COORDINATOR) or (who is None and services):
        return
    raise NotAllowed("det här gör samordnaren; lås upp registret med samordnarens lösenfras.")

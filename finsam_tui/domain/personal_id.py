"""Personnummer and samordningsnummer: read, checked and shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from finsam_tui.domain.dates import FIRST_YEAR
from finsam_tui.errors import FieldError

TEST_SERIALS = range(980, 1000)  # Skatteverket gives these to nobody

_LENGTH = len("ÅÅÅÅMMDDNNNN")
_FORM = r"(?P<century>\d\d)?(?P<birth>\d{6}) ?(?P<sign>[-+]?) ?(?P<last>\d{4})"
_COORDINATION = 60  # added to the day of birth in a samordningsnummer

# The Luhn sum of every pair of digits: the first one doubled, digit by digit, and the second.
_PAIRS = {f"{n:02}": sum(divmod(n // 10 * 2, 10)) + n % 10 for n in range(100)}


@dataclass(frozen=True, slots=True)
class PersonalId:
    """A number that passed every check.

    `digits` are all twelve. `birth_date` is None when a samordningsnummer leaves out the day or
    the month, as Skatteverket does for somebody whose day of birth is not known.
    """

    digits: str
    birth_date: date | None

    @property
    def kind(self) -> Literal["personnummer", "samordningsnummer"]:
        """Which of the two numbers it is."""
        return "samordningsnummer" if self.digits[6] >= "6" else "personnummer"

    @property
    def sex(self) -> Literal["woman", "man"]:
        """The legal sex that the last digit but one tells."""
        return "man" if int(self.digits[10]) % 2 else "woman"


def parse(text: str, today: date) -> PersonalId:
    """Return the number written as 10 or 12 digits, with - or + or a blank; raises FieldError.

    Ten digits mean the youngest who can have been born, and with + the youngest who turns 100
    this year or has done so.
    """
    digits = _twelve_digits(text, today)
    first_day, exact = _birth(digits)
    if _luhn_sum(digits) % 10:
        raise FieldError("Kontrollsiffran stämmer inte; jämför personnumret med underlaget.")
    if first_day.year < FIRST_YEAR or first_day > today:
        raise FieldError(f"Födelseåret ska ligga mellan {FIRST_YEAR} och i dag; kontrollera det.")
    return PersonalId(digits, first_day if exact else None)


def show(digits: str) -> str:
    """Return "19920717-9871" for twelve digits."""
    return f"{digits[:8]}-{digits[8:]}"


def test_number(birth: date, serial: int) -> str:
    """Return twelve valid digits that belong to nobody, for demos and tests.

    `serial` is one of TEST_SERIALS: even for a woman, odd for a man.
    """
    if serial not in TEST_SERIALS:
        raise ValueError(f"a test serial is {TEST_SERIALS.start} to {TEST_SERIALS.stop - 1}")
    digits = f"{birth:%Y%m%d}{serial}"
    return f"{digits}{-_luhn_sum(digits + '0') % 10}"


def _twelve_digits(text: str, today: date) -> str:
    digits = text.replace("-", "")
    if len(digits) == _LENGTH and digits.isascii() and digits.isdecimal():
        return digits  # what every imported row has
    match = re.fullmatch(_FORM, text.strip(), re.ASCII)
    if not match:
        raise FieldError("Ett personnummer skrivs ÅÅÅÅMMDD-NNNN, med tio eller tolv siffror.")
    ten = match["birth"] + match["last"]
    if match["century"]:
        return match["century"] + ten
    latest = date(today.year - 100, 12, 31) if match["sign"] == "+" else today
    century = today.year // 100
    while _birth(f"{century}{ten}")[0] > latest:
        century -= 1
    return f"{century}{ten}"


def _birth(digits: str) -> tuple[date, bool]:
    """Return the first day of birth that the number allows, and whether it is the only one."""
    known = birth = digits[:8]
    if digits[6] >= "6":
        known = f"{int(birth) - _COORDINATION:08}"
        month, day = known[4:6], known[6:]
        birth = known[:4] + (month if month != "00" else "01") + (day if day != "00" else "01")
    try:
        return date.fromisoformat(birth), birth == known
    except ValueError:
        raise FieldError("Personnumret börjar inte med ett datum; kontrollera siffrorna.") from None


def _luhn_sum(digits: str) -> int:
    """Return the Luhn sum of the last ten of twelve digits."""
    return sum([_PAIRS[digits[i : i + 2]] for i in (2, 4, 6, 8, 10)])

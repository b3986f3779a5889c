"""What stands in a workbook's cell, as the text that somebody would have typed.

A figure is a figure whatever it is shown with; a date is a date because its cell is shown as one.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from finsam_tui.exchange.faults import BROKEN
from finsam_tui.text import half_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.exchange.tables import Column

    Kind = Literal["number", "date", "time", "percent"]

NOT_COUNTED = (
    f"{BROKEN}Formeln har inget uträknat värde; öppna arbetsboken i Excel eller LibreOffice, "
    "spara den och läs in den igen."
)
NO_NUMBER = f"{BROKEN}Cellen har inget värde som går att läsa; skriv det på nytt."
NO_DATE = f"{BROKEN}Cellen visar ett datum som inte finns; skriv det på nytt."
NOUGHTS = (
    f"{BROKEN}Excel har gjort ett tal av det, och då faller nollor i början bort; formatera "
    "kolumnen som text och skriv det igen."
)
NOT_AS_DATE = f"{BROKEN}Cellen är ett tal och visas inte som ett datum; formatera den som datum."

# What Excel in Swedish shows for an error.
_ERRORS = {
    "#N/A": "#SAKNAS!",
    "#VALUE!": "#VÄRDEFEL!",
    "#REF!": "#REFERENS!",
    "#DIV/0!": "#DIVISION/0!",
    "#NAME?": "#NAMN?",
    "#NUM!": "#OGILTIGT!",
    "#NULL!": "#SKÄRNING!",
}
_DATES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}  # formats that every workbook has
_TIMES = {18, 19, 20, 21, 45, 46, 47}
_PERCENTS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_NOUGHTS = re.compile(r"0{2,}|0+(?:\\?[- ]0+)+")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = 15  # of a figure that a workbook keeps
_PERSONAL = (10, 12)  # digits of a personal number
_CODE = 4  # digits of a municipality's code
_DAYS = (6, 8)  # digits of a date written together
_DAY = 24 * 60  # minutes
_LEAP_1900 = 60  # a day that there never was: Excel counts 29 February 1900
_LAST_DAY = 2_958_465  # 31 December 9999


class Figure(str):
    """The text of a cell that is a figure to the workbook."""

    __slots__ = ()


class Shown:
    """How a cell is shown, by its number format: `kind`, and the noughts that it fills up with."""

    __slots__ = ("kind", "noughts")

    def __init__(self, number: int, code: str) -> None:
        first = code.partition(";")[0]
        bare = _QUOTED.sub("", first).lower()
        self.kind: Kind = "number"
        self.noughts = first.replace("\\", "") if _NOUGHTS.fullmatch(first) else ""
        if number in _DATES or set("dy") & set(bare):
            self.kind = "date"
        elif number in _TIMES or set("hs") & set(bare) or "[m" in bare:
            self.kind = "time"
        elif "m" in bare:
            self.kind = "date"
        elif number in _PERCENTS or "%" in bare:
            self.kind = "percent"


PLAIN = Shown(0, "")


def number(raw: str, shown: Shown, *, from_1904: bool) -> str:
    """Return the text of a figure; of one that is shown as a date, ISO."""
    try:
        value = float(raw)
    except ValueError:
        return NO_NUMBER
    if abs(value) >= 1e300 or value != value:  # noqa: PLR0124, PLR2004 - beyond all, and no number
        return NO_NUMBER
    if shown.kind in ("date", "time"):
        return _moment(value, shown.kind, from_1904=from_1904)
    if shown.kind == "percent":
        value *= 100
    text = _written(value)
    if shown.noughts and text.isdecimal():
        return _filled(text, shown.noughts)
    return Figure(text)


def unescaped(text: str) -> str:
    """Return a text without the escapes for what XML cannot hold: "_x000D_" is a return.

    What no text can hold stays escaped: half a pair, and what tells that a cell has no value.
    """
    return _ESCAPED.sub(_letter, text) if "_x" in text else text


def can_lose(column: Column) -> bool:
    """Return whether a figure in a column can be less than what was typed."""
    return column.field.kind in ("phone", "personal_id", "date", "moment") or _is_coded(column)


def meant(column: Column, text: str) -> str:
    """Return a cell's text; of a figure that is less than what was typed what is wrong with it."""
    if not isinstance(text, Figure):
        return text
    kind = column.field.kind
    if (
        kind == "phone"
        or (kind == "personal_id" and len(text) not in _PERSONAL)
        or (_is_coded(column) and len(text) < _CODE)
    ):
        return NOUGHTS
    if kind in ("date", "moment") and len(text) not in _DAYS:
        return NOT_AS_DATE
    return text


def _is_coded(column: Column) -> bool:
    """Return whether a column holds codes of municipalities, which can begin with a nought."""
    return column.field.codes == "municipality" or column.heading == "kod"


def _written(value: float) -> str:
    """Return a figure as it is written: no more digits than were typed, a decimal comma."""
    text = f"{value:.{_DIGITS}g}"
    if "e" in text:
        text = f"{float(text):.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")


def _filled(digits: str, noughts: str) -> str:
    """Return "0114" for 114 that is shown as 0000, "010101-2384" for 101012384 as 000000-0000."""
    count = noughts.count("0")
    digits = digits.zfill(count)
    surplus = len(digits) - count
    rest = iter(digits[surplus:])
    return digits[:surplus] + "".join(next(rest) if c == "0" else c for c in noughts)


def _moment(value: float, kind: Kind, *, from_1904: bool) -> str:
    minutes = int(half_up(value * _DAY))
    if kind == "time" or 0 <= minutes < _DAY:
        return f"{minutes // 60}:{minutes % 60:02}" if minutes >= 0 else NO_DATE
    days, minute = divmod(minutes, _DAY)
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a day
    if not from_1904 and days <= _LEAP_1900:
        if days == _LEAP_1900:
            return NO_DATE
        days += 1
    if not 0 <= days <= _LAST_DAY - (1462 if from_1904 else 0):
        return NO_DATE
    moment = first + timedelta(days=days, minutes=minute)
    return moment.isoformat(" ", "minutes").removesuffix(" 00:00")


def _letter(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return match[0] if char == BROKEN or "\ud800" <= char <= "\udfff" else char


def _error(raw: str) -> str:
    which = _ERRORS.get(raw)
    shown = f"felet {which}" if which else "ett fel"
    return f"{BROKEN}Cellen visar {shown}; rätta formeln eller skriv värdet."


def _yes_no(raw: str) -> str:
    return "ja" if raw == "1" else "nej"


def _iso(raw: str) -> str:
    moment = raw.replace("T", " ").partition(".")[0]
    return moment.removesuffix("Z").removesuffix(" 00:00:00")


# The types of cells whose text follows from what stands in them.
SPELLED: dict[str, Callable[[str], str]] = {
    "str": unescaped,
    "inlineStr": unescaped,
    "b": _yes_no,
    "e": _error,
    "d": _iso,
}

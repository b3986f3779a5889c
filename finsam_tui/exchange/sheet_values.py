"""What stands in a workbook's cell, as the text that somebody would have typed.

A figure is a figure whatever it is shown with; a date is a date because its cell is shown as one.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from finsam_tui import text as swedish
from finsam_tui.exchange.faults import BROKEN
from finsam_tui.exchange.reading import LONGEST_CELL

if TYPE_CHECKING:
    from finsam_tui.exchange.tables import Column

NOT_COUNTED = (
    f"{BROKEN}Formeln har inget uträknat värde; öppna arbetsboken i Excel eller LibreOffice, "
    "spara den och läs in den igen."
)
NO_NUMBER = f"{BROKEN}Cellen har inget värde som går att läsa; skriv det på nytt."
TOO_LONG = f"{BROKEN}Cellen är längre än {swedish.number(LONGEST_CELL)} tecken."
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
_QUOTED = re.compile(r'"[^"]*"|\\.')
_NOUGHTS = re.compile(r"0{2,}|0+(?:\\?[- ]0+)+")
# What a spreadsheet writes for what XML cannot hold, and for a line that would look like it.
_ESCAPED = re.compile("_x(00(?:0[1-9A-F]|1[0-9A-F]|5F)|FFF[EF])_", re.IGNORECASE)
_DIGITS = 15  # of a figure that a workbook keeps
_PERSONAL = (10, 12)  # digits of a personal number
_CODE = 4  # digits of a municipality's code
_DAYS = (6, 8)  # digits of a date written together
_BEYOND = 1e300
_HALF = timedelta(seconds=30)


class Figure(str):
    """The text of a cell that is a figure to the workbook."""

    __slots__ = ()


def text(value: object, kind: str, code: str, epoch: datetime) -> str:
    """Return a cell's text; of one that has no value to read why, after BROKEN.

    `kind` is the library's data type, `code` the cell's number format; dates count from `epoch`.
    """
    if kind == "f":
        return NOT_COUNTED
    if kind == "e":
        return _error(str(value))
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | float):
        return _figure(value, code, epoch)
    if isinstance(value, date | time | timedelta):
        return _moment(value)
    text = str(value) if kind == "s" else NO_NUMBER
    return text if len(text) <= LONGEST_CELL else TOO_LONG


def unescaped(text: str) -> str:
    """Return a text without the escapes for what XML cannot hold: "_x000D_" is a return.

    What no text can hold stays escaped: half a pair, and what tells that a cell has no value.
    """
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


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


def _figure(value: float, code: str, epoch: datetime) -> str:
    """Return the text of a figure; of one that is shown as a date, ISO."""
    if not abs(value) < _BEYOND:
        return NO_NUMBER
    as_date, percent, noughts = _shown(code)
    if as_date:
        return _counted(value, epoch, as_span=is_timedelta_format(code))
    text = _written(value * 100 if percent else value)
    if noughts and text.isdecimal():
        return _filled(text, noughts)
    return Figure(text)


@lru_cache
def _shown(code: str) -> tuple[bool, bool, str]:
    """Return whether a format shows a date, whether per cent, and the noughts it fills up with."""
    first = code.partition(";")[0]
    noughts = first.replace("\\", "") if _NOUGHTS.fullmatch(first) else ""
    return is_date_format(code), "%" in _QUOTED.sub("", first), noughts


def _written(value: float) -> str:
    """Return a figure as it is written: no more digits than were typed, a decimal comma."""
    if isinstance(value, int):
        return str(value)
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


def _counted(value: float, epoch: datetime, *, as_span: bool) -> str:
    """Return the day and time that a figure stands for."""
    try:
        moment = from_excel(value, epoch, timedelta=as_span)
    except (OverflowError, ValueError):
        return NO_DATE
    return NO_DATE if moment is None or value < 0 else _moment(moment)


def _moment(value: date | time | timedelta) -> str:
    """Return a day, a time or both to the nearest minute."""
    if isinstance(value, time):
        value = datetime.combine(date.min, value) - datetime.min  # noqa: DTZ901 - a time of no day
    if isinstance(value, timedelta):
        minutes = (value + _HALF) // timedelta(minutes=1)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, datetime):
        value = value + _HALF if value.year < MAXYEAR else value
        return value.isoformat(" ", "minutes").removesuffix(" 00:00")
    return value.isoformat()


def _error(raw: str) -> str:
    which = _ERRORS.get(raw)
    shown = f"felet {which}" if which else "ett fel"
    return f"{BROKEN}Cellen visar {shown}; rätta formeln eller skriv värdet."

"""Dates and moments as people type them, and the arithmetic of months and ages."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NoReturn

from finsam_tui.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR, LAST_YEAR = 1900, 2100
ADULT = 18
EXAMPLES = "Skriv till exempel 2024-03-15, 15/3, 150324, i (i dag), -3 eller +6m."

# A year of two digits is the nearest one, but never more than this many years ahead: a date of
# birth lies far back, while nothing that a team plans lies far on.
_YEARS_AHEAD = 10

_FULL_YEAR = len("2024")
_DAYS = {"d": 1, "v": 7}
_UNIT_MONTHS = {"m": 1, "å": 12}
_WRONG_YEAR = f"Året ska vara mellan {FIRST_YEAR} och {LAST_YEAR}."
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WORDS = {
    **dict.fromkeys(("i", "idag", "i dag"), 0),
    **dict.fromkeys(("igår", "i går"), -1),
    **dict.fromkeys(("imorgon", "i morgon"), 1),
}


def parse_date(text: str, today: date) -> date:
    """Return the date that `text` means on `today`; raises FieldError, naming the fault.

    ISO; i, idag, igår, imorgon; -3, +3 (days), +2v (weeks), -2m (months), +1å (years); 15/3 (this
    year), 15/3 24, 15/3-2024, 15.3.2024, 15 mars; 24-03-15, 20240315, 15032024; and six digits,
    ÅÅMMDD or DDMMÅÅ: if both are dates the one nearest to today, ÅÅMMDD if they are as near.
    """
    if text[4:5] == "-":  # what every imported row has
        try:
            return _within(date.fromisoformat(text))
        except ValueError:
            pass  # the slow way says what is wrong
    text = " ".join(text.lower().split())
    if text in _WORDS:
        return _moved(today, _WORDS[text], "d")
    for pattern, read in _READERS:
        if match := re.fullmatch(pattern, text, re.ASCII):
            return read(match, today)
    raise FieldError(f"Det går inte att läsa som ett datum. {EXAMPLES}")


def parse_moment(text: str, now: datetime) -> datetime:
    """Return the local moment, to the minute, that `text` means; raises FieldError.

    A time alone is today (14:30, 14.30, 14, kl 9); before it may stand whatever `parse_date`
    reads: i 14:30, imorgon 9, +2 14, 15/3 14.30, 2024-03-15 14:30, 2024-03-15T14:30.
    """
    text = re.sub(r"^([-\d]{10})t", r"\1 ", text.strip().lower())
    words = [word for word in text.split() if word not in {"kl", "kl."}]
    day, clock = " ".join(words[:-1]), "".join(words[-1:])
    match = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?(?::\d{2})?", clock, re.ASCII)
    if not match:
        raise FieldError(
            "Klockslaget saknas. Skriv till exempel 14:30, imorgon 9 eller 15/3 14.30."
        )
    try:
        moment = time(int(match[1]), int(match[2] or 0))
    except ValueError:
        raise FieldError("Klockslaget ska vara mellan 0:00 och 23:59.") from None
    return datetime.combine(parse_date(day, now.date()) if day else now.date(), moment)


def add_months(day: date, months: int) -> date:
    """Return `day` moved by whole months, at most to the month's end: 31 Aug + 6 is 28 Feb."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def months_between(first: date, last: date) -> int:
    """Return how many whole months have gone by: the most that can be added to `first`."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (add_months(first, months) > last)


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month, 1–12."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + (leap and _MONTHS[month - 1] == "feb")


def age(birth: date, on: date) -> int:
    """Return whole years lived on a day; who is born on 29 Feb grows older on 1 Mar."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _read_offset(match: re.Match[str], today: date) -> date:
    return _moved(today, int(match[1]), match[2] or "d")


def _read_calendar(match: re.Match[str], today: date) -> date:
    """Read the groups day, month (a number or a name) and perhaps year."""
    month = int(match["month"]) if match["month"].isdecimal() else 1 + _MONTHS.index(match["month"])
    years = _years(match["year"], today)
    readings = _readings(years, month, int(match["day"]))
    return _nearest(readings, today) if readings else _refuse(years[-1], month)


def _read_six_digits(match: re.Match[str], today: date) -> date:
    first, month, last = match.groups()
    readings = [
        *_readings(_years(first, today), int(month), int(last)),
        *_readings(_years(last, today), int(month), int(first)),
    ]
    if not readings:
        raise FieldError(f"De sex siffrorna är varken ÅÅMMDD eller DDMMÅÅ. {EXAMPLES}")
    return _nearest(readings, today)


# In order; each is compiled at its first use and remembered by `re`.
_READERS: tuple[tuple[str, Callable[[re.Match[str], date], date]], ...] = (
    (r"([+-]\d{1,4}) ?([dvmå]?)", _read_offset),
    (r"(\d\d)(\d\d)(\d\d)", _read_six_digits),
    # 19, 20 and 21 are no months, so a date of eight digits is never both this and the next.
    (r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20|21)\d\d)", _read_calendar),
    (r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)", _read_calendar),
    (r"(?P<year>\d{4})[-/. ](?P<month>\d{1,2})[-/. ](?P<day>\d{1,2})", _read_calendar),
    (r"(?P<year>\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _read_calendar),
    (
        r"(?P<day>\d{1,2}) ?[/.] ?(?P<month>\d{1,2})(?:[-/. ]+(?P<year>\d{4}|\d\d))?",
        _read_calendar,
    ),
    (
        rf"(?P<day>\d{{1,2}}) ?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?(?: (?P<year>\d{{4}}|\d\d))?",
        _read_calendar,
    ),
)


def _years(year: str | None, today: date) -> list[int]:
    """Return the years that a year as written, with two digits, four or none, can mean."""
    if year is None:
        return [today.year]
    if len(year) == _FULL_YEAR:
        return [int(year)]
    first = FIRST_YEAR + int(year)
    return [first, *range(first + 100, today.year + _YEARS_AHEAD + 1, 100)]


def _readings(years: list[int], month: int, day: int) -> list[date]:
    """Return the dates there are, of that day in those years."""
    if not 1 <= month <= len(_MONTHS):
        return []
    return [
        date(year, month, day)
        for year in years
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= day <= month_length(year, month)
    ]


def _nearest(days: list[date], today: date) -> date:
    return min(days, key=lambda day: abs(day - today))


def _refuse(year: int, month: int) -> NoReturn:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FieldError(_WRONG_YEAR)
    if not 1 <= month <= len(_MONTHS):
        raise FieldError(f"Datumet finns inte: månaden ska vara 1–12. {EXAMPLES}")
    raise FieldError(
        f"Datumet finns inte: den månaden har {month_length(year, month)} dagar det året."
    )


def _moved(today: date, count: int, unit: str) -> date:
    try:
        if unit in _DAYS:
            day = today + timedelta(days=count * _DAYS[unit])
        else:
            day = add_months(today, count * _UNIT_MONTHS[unit])
    except (ValueError, OverflowError):
        raise FieldError(_WRONG_YEAR) from None
    return _within(day)


def _within(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FieldError(_WRONG_YEAR)
    return day

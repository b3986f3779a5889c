"""The period of a report: two dates, both included."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple, Self

from finsam_tui.domain.dates import FIRST_YEAR, LAST_YEAR, add_months, months_between, parse_date
from finsam_tui.errors import FieldError
from finsam_tui.text import short_date

_DAY = timedelta(days=1)


class _Ends(NamedTuple):
    first: date
    last: date


class Period(_Ends):
    """The days from `first` to `last`, both included."""

    __slots__ = ()

    def __new__(cls, first: date, last: date) -> Self:
        """Return the period; raises FieldError for one that ends before it begins."""
        if last < first:
            raise FieldError("Perioden slutar före sin början; byt plats på datumen.")
        return super().__new__(cls, first, last)

    @classmethod
    def year(cls, year: int) -> Period:
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def part(cls, day: date, months: int) -> Period:
        """Return the year (12 months), half-year (6) or quarter (3) that `day` is in."""
        return cls._months(date(day.year, (day.month - 1) // months * months + 1, 1), months)

    @classmethod
    def _months(cls, first: date, months: int) -> Period:
        return cls(first, add_months(first, months) - _DAY)

    def beside(self, step: int) -> Period:
        """Return a period as long as this, `step` such periods later (earlier where negative).

        Whole months stay whole months. Raises FieldError beyond the years that dates may have.
        """
        end = self.last + _DAY
        try:
            if self.first.day == end.day == 1:
                months = months_between(self.first, end)
                found = Period._months(add_months(self.first, step * months), months)
            else:
                days = step * (end - self.first)
                found = Period(self.first + days, self.last + days)
        except (OverflowError, ValueError):
            found = None
        if found is None or found.first.year < FIRST_YEAR or found.last.year > LAST_YEAR:
            raise FieldError(f"Perioden ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}.")
        return found

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year."""
        return self == Period.year(self.first.year)

    @property
    def label(self) -> str:
        """The period as a heading has it: 2024, or 1 jan 2024 – 31 mar 2024."""
        if self.is_year:
            return str(self.first.year)
        return f"{short_date(self.first)} – {short_date(self.last)}"


def parse(year: str | None, first: str | None, last: str | None, today: date) -> Period:
    """Return the period that --year, --from and --to ask for; raises FieldError.

    A beginning alone goes on until today, an end alone begins with its year, nothing is this year.
    """
    if year is None and first is None and last is None:
        return Period.year(today.year)
    if year is not None:
        if first is not None or last is not None:
            raise FieldError("Ange antingen --year eller --from och --to.")
        return Period.year(_year(year))
    end = today if last is None else parse_date(last, today)
    return Period(date(end.year, 1, 1) if first is None else parse_date(first, today), end)


def _year(text: str) -> int:
    if not re.fullmatch(r"(?a)\d{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise FieldError(f"Året skrivs med fyra siffror, från {FIRST_YEAR} till {LAST_YEAR}.")
    return int(text)

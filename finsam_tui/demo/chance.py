"""Chance with a seed: quick choices, weighted ones, working days and hours."""

from __future__ import annotations

from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

_FRIDAY = 4
_OFFICE_HOURS = tuple(
    f"T{hour:02}:{minute:02}" for hour in range(8, 17) for minute in range(0, 60, 5)
)


class Chance(Random):
    """Random numbers; `choice` and `randrange` of the library take three times as long."""

    def one(self, things: Sequence[T]) -> T:
        """Return one of the things."""
        return things[int(self.random() * len(things))]

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both possible."""
        return low + int(self.random() * (high - low + 1))

    def happens(self, share: float) -> bool:
        """Return True in that share of cases, 0 to 1."""
        return self.random() < share

    def office_hour(self, day: date) -> str:
        """Return a moment of the day between 8 and 17, as it is stored."""
        return day.isoformat() + self.one(_OFFICE_HOURS)


class Weighted(Generic[T]):
    """Things to pick from, each with a weight; `Random.choices` builds its sums at every call."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._things = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))
        self._total = self._sums[-1]

    def pick(self, chance: Random) -> T:
        """Return one of the things, as often as its weight says."""
        return self._things[bisect(self._sums, chance.random() * self._total)]


def workday(day: date) -> date:
    """Return the day itself, or the Friday before a weekend."""
    late = day.weekday() - _FRIDAY
    return day - timedelta(late) if late > 0 else day


def workday_after(day: date) -> date:
    """Return the next Monday to Friday after the day."""
    day += timedelta(1)
    while day.weekday() > _FRIDAY:
        day += timedelta(1)
    return day


def clipped(value: float, low: float, high: float) -> float:
    """Return the value, or the end of the range that it is outside."""
    return max(low, min(high, value))

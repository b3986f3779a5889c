"""Chance with a seed: weighted choices, working days and hours."""

from __future__ import annotations

from bisect import bisect
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

T = TypeVar("T")

_FRIDAY, _WEEK = 4, 7
_OPENS, _MINUTES_OPEN, _GRID = 8 * 60, 9 * 60, 5


class Weighted(Generic[T]):
    """Things to pick from, each with a weight; `Random.choices` builds its sums at every call."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._things = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))

    def pick(self, rng: Random) -> T:
        """Return one of the things, as often as its weight says."""
        return self._things[bisect(self._sums, rng.random() * self._sums[-1])]


def workday(day: date) -> date:
    """Return the day itself, or the Friday before a weekend."""
    return day - timedelta(max(0, day.weekday() - _FRIDAY))


def workday_after(day: date) -> date:
    """Return the next Monday to Friday after the day."""
    following = day + timedelta(1)
    return following + timedelta(
        (_WEEK - following.weekday()) % _WEEK * (workday(following) != following)
    )


def office_hour(rng: Random, day: date) -> str:
    """Return a moment of the day between 8 and 17, as it is stored."""
    minutes = _OPENS + rng.randrange(0, _MINUTES_OPEN, _GRID)
    return datetime.combine(day, time(*divmod(minutes, 60))).isoformat(timespec="minutes")


def clipped(value: float, low: float, high: float) -> float:
    """Return the value, or the end of the range that it is outside."""
    return max(low, min(high, value))

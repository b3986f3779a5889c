"""What a participant costs: what a cost pool has spent, over the participants of all of it.

A pool is what the programmes that name it share; a programme that names none is one by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import mean
from finsam_tui.text import fold, half_up

if TYPE_CHECKING:
    from collections.abc import Iterable


class Cost(NamedTuple):
    """What a programme spent in a year (kronor; None: not known) and how many took part in it."""

    programme: str
    pool: str | None
    amount: float | None
    participants: int


class Pool(NamedTuple):
    """The programmes that share a cost."""

    costs: tuple[Cost, ...]

    @property
    def amount(self) -> float | None:
        """What they spent together, in kronor; None where nothing is known of any of them."""
        known = [cost.amount for cost in self.costs if cost.amount is not None]
        return half_up(sum(known), 2) if known else None

    @property
    def participants(self) -> int:
        """All who took part in any of them."""
        return sum(cost.participants for cost in self.costs)

    @property
    def each(self) -> float | None:
        """Whole kronor per participant; None where no cost is known, or nobody took part."""
        return None if self.amount is None else mean(self.amount, self.participants, 0)


def pools(costs: Iterable[Cost]) -> tuple[Pool, ...]:
    """Return the pools, in the order of their first programmes; case and accents do not matter."""
    shared: dict[tuple[str, str], list[Cost]] = {}
    for cost in costs:
        key = ("pool", fold(cost.pool)) if cost.pool else ("programme", cost.programme)
        shared.setdefault(key, []).append(cost)
    return tuple(Pool(tuple(each)) for each in shared.values())

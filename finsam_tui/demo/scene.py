"""What all makers of rows share: chance, the day, the association, words, and the rows so far."""

from __future__ import annotations

from itertools import count
from random import Random
from typing import TYPE_CHECKING

from finsam_tui.demo.association import association
from finsam_tui.demo.chance import Weighted
from finsam_tui.demo.data import read
from finsam_tui.demo.rows import Batch

if TYPE_CHECKING:
    from datetime import datetime

    from finsam_tui.demo.rows import Row


class Scene:
    """The state of one run; `batch` is exchanged for an empty one after each block."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.rng = Random(seed)  # noqa: S311 - nothing here is secret, and a seed repeats it
        self.now, self.today = now, now.date()
        self.association = association(self.today)
        self.batch = Batch()
        self._weights: dict[str, Weighted[str]] = {
            name: Weighted(weights) for name, weights in read("distributions").items()
        }
        self._phrases: dict[str, list[str]] = read("phrases")
        self._ids: dict[str, count[int]] = {}

    def add(self, row: Row) -> None:
        """Keep a row for the register."""
        self.batch.add(row)

    def next_id(self, table: str) -> int:
        """Return the next id of a table."""
        return next(self._ids.setdefault(table, count(1)))

    def chance(self, share: float) -> bool:
        """Return True in that share of cases, 0 to 1."""
        return self.rng.random() < share

    def pick(self, distribution: str) -> str:
        """Return one of the answers of a table in distributions.toml."""
        return self._weights[distribution].pick(self.rng)

    def phrase(self, kind: str) -> str:
        """Return a phrase of a kind; where it says {kind}, one of that kind is filled in."""
        text: str = self.rng.choice(self._phrases[kind])
        while "{" in text:
            before, _, rest = text.partition("{")
            slot, _, after = rest.partition("}")
            text = f"{before}{self.rng.choice(self._phrases[slot])}{after}"
        return text

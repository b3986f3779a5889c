"""What all makers of rows share: chance, the day, the association, words, and the rows so far."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from finsam_tui.demo.association import YEARS, association
from finsam_tui.demo.chance import Chance, Weighted
from finsam_tui.demo.data import read
from finsam_tui.demo.phrases import Phrases
from finsam_tui.demo.rows import new_batch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from finsam_tui.demo.rows import Batch, Row


class Scene:
    """The state of one run; `batch` is exchanged for an empty one after each block.

    `aside` is chance for what belongs to no participant: with more of it, they stay who they are.
    `turn` is the part of the time in which those of the present block come in, as two shares of it.
    """

    def __init__(self, seed: int, now: datetime, years: int = YEARS) -> None:
        self.chance, self.aside = Chance(seed), Chance(f"{seed} aside")
        self.now, self.today = now, now.date()
        self.association = association(self.today, years)
        self.batch: Batch = new_batch()
        self.turn: Sequence[float] = (0.0, 1.0)
        self._phrases = Phrases()
        self._weights: dict[str, Weighted[str]] = {
            name: Weighted(weights) for name, weights in read("distributions").items()
        }
        self._ids: dict[str, count[int]] = {}

    def add(self, row: Row) -> None:
        """Keep a row for the register."""
        self.batch[type(row)].append(row)

    def next_id(self, table: str) -> int:
        """Return the next id of a table."""
        return next(self._ids.setdefault(table, count(1)))

    def pick(self, distribution: str) -> str:
        """Return one of the answers of a table in distributions.toml."""
        return self._weights[distribution].pick(self.chance)

    def phrase(self, kind: str) -> str:
        """Return a phrase of a kind in phrases.toml."""
        return self._phrases.phrase(kind, self.chance)

"""Short Swedish phrases put together at random, from phrases.toml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from finsam_tui.demo.data import read

if TYPE_CHECKING:
    from finsam_tui.demo.chance import Chance

_ENOUGH = 5000
_SLOT = re.compile(r"\{(\w+)\}")


class Phrases:
    """Phrases by kind; where one says {kind}, a phrase of that kind is filled in.

    After so many of a kind the same ones come again: more would only take time.
    """

    def __init__(self) -> None:
        # Split once: plain text, kind, plain text, …
        self._parts = {
            kind: tuple(tuple(_SLOT.split(text)) for text in texts)
            for kind, texts in read("phrases").items()
        }
        self._made: dict[str, list[str]] = {kind: [] for kind in self._parts}

    def phrase(self, kind: str, chance: Chance) -> str:
        """Return one of a kind."""
        made = self._made[kind]
        if len(made) == _ENOUGH:
            return chance.one(made)
        parts = chance.one(self._parts[kind])
        made.append(
            "".join(
                self.phrase(part, chance) if place % 2 else part for place, part in enumerate(parts)
            )
        )
        return made[-1]

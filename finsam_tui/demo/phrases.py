"""Short Swedish phrases put together at random, from phrases.toml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from finsam_tui.demo.data import read

if TYPE_CHECKING:
    from finsam_tui.demo.chance import Chance

_SLOT = re.compile(r"\{(\w+)\}")


class Phrases:
    """Phrases by kind; where one says {kind}, a phrase of that kind is filled in."""

    def __init__(self) -> None:
        # Split once: plain text, kind, plain text, …
        self._parts = {
            kind: tuple(tuple(_SLOT.split(text)) for text in texts)
            for kind, texts in read("phrases").items()
        }

    def phrase(self, kind: str, chance: Chance) -> str:
        """Return one of a kind."""
        parts = chance.one(self._parts[kind])
        if len(parts) == 1:
            return parts[0]
        return "".join(
            self.phrase(part, chance) if place % 2 else part for place, part in enumerate(parts)
        )

"""Which keys stand in a line of a given width, and where: pure, for the bar at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# Ways to write a line, the airiest first: cells between keys, and whether Ctrl+P is written ^P.
_WAYS = ((2, False), (1, False), (1, True))


class Key(NamedTuple):
    """A key in the bar. One that is `kept` gives way to no other: Esc, and the palette's."""

    shown: str
    label: str
    kept: bool = False

    @property
    def width(self) -> int:
        """Cells it takes."""
        return len(self.shown) + 1 + len(self.label)


class Placed(NamedTuple):
    """A key and the cell that it begins at; `number` is its place among those given."""

    key: Key
    x: int
    number: int


def laid_out(keys: Sequence[Key], width: int) -> list[Placed]:
    """Return the keys that `width` cells hold: all of them closely, or the first and the kept."""
    for gap, short in _WAYS:
        written = [_short(key) if short else key for key in keys]
        if _width(written, gap) <= width:
            return _placed(list(enumerate(written)), gap)
    chosen = list(enumerate(keys))
    while _width([key for _, key in chosen], _WAYS[0][0]) > width:
        last = next((at for at in reversed(range(len(chosen))) if not chosen[at][1].kept), None)
        if last is None:
            break
        del chosen[last]
    return _placed(chosen, _WAYS[0][0])


def _short(key: Key) -> Key:
    return key._replace(shown=key.shown.replace("Ctrl+", "^"))


def _width(keys: Sequence[Key], gap: int) -> int:
    return sum(key.width + gap for key in keys) - gap


def _placed(keys: Sequence[tuple[int, Key]], gap: int) -> list[Placed]:
    placed: list[Placed] = []
    x = 0
    for number, key in keys:
        placed.append(Placed(key, x, number))
        x += key.width + gap
    return placed

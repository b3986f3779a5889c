"""Blocks: what a page is filled with, and where it may be cut."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.render.lines import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.report.render.lines import Line


class Block(NamedTuple):
    """Some pieces of lines, of which none is cut, below a `head` that each page repeats.

    `gap` blank lines part it from the block above. One that `keeps` together is cut only where it
    is longer than a page. One that `clings` is on the page where the next begins. One that `opens`
    a section has its title.
    """

    pieces: tuple[tuple[Line, ...], ...]
    head: tuple[Line, ...] = ()
    gap: int = 1
    keeps: bool = True
    clings: bool = False
    opens: str = ""

    @property
    def lines(self) -> list[Line]:
        """All lines, without the gap."""
        return [*self.head, *chain.from_iterable(self.pieces)]

    @property
    def height(self) -> int:
        """How many lines there are, without the gap."""
        return len(self.head) + sum(map(len, self.pieces))


def whole(lines: Iterable[Line], gap: int = 1, *, clings: bool = False, opens: str = "") -> Block:
    """Return a block that is not cut."""
    return Block((tuple(lines),), gap=gap, clings=clings, opens=opens)


def loose(lines: Iterable[Line], gap: int = 1, *, clings: bool = False) -> Block:
    """Return a block that may be cut at any line."""
    return Block(tuple((line,) for line in lines), gap=gap, keeps=False, clings=clings)


def flat(blocks: Iterable[Block]) -> list[Line]:
    """Return the lines of blocks one below the other, the first without its gap."""
    lines: list[Line] = []
    for block in blocks:
        lines += [EMPTY] * (block.gap if lines else 0) + block.lines
    return lines

"""The XML of a workbook's parts, piece by piece, never a tree: no entities, no depths."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from finsam_tui.exchange.package import DAMAGED, Damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DEEPEST = 64
_LONGEST_TAG = 1 << 20  # bytes
_TEXT_BUFFER = 1 << 16


class Part:
    """Reads one part: `start` and `end` are told the elements by their plain names.

    Text is told in `text`, between elements. What a subclass has found is its own business.
    """

    root = ""  # what the outermost element must be called

    def __init__(self) -> None:
        self._depth = 0
        self._prefix = ""
        self._fed = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.buffer_size = _TEXT_BUFFER
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.text
        self._parser.StartDoctypeDeclHandler = _no_doctype

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Take the beginning of an element, with its attributes."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take text that stands in an element."""

    def read(self, blocks: Iterable[bytes]) -> Iterator[None]:
        """Read the part, a block at each turn; raises Damaged where it is not sound."""
        for block in blocks:
            self._feed(block)
            yield
        self._feed(b"", last=True)
        yield

    def _feed(self, block: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(block, last)
        except (expat.ExpatError, ValueError, OverflowError) as error:
            raise Damaged(DAMAGED) from error
        self._fed += len(block)
        if self._fed - max(self._parser.CurrentByteIndex, 0) > _LONGEST_TAG:
            raise Damaged(DAMAGED)

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Damaged(DAMAGED)
        if self._depth == 1:
            prefix, _, plain = name.rpartition(":")
            self._prefix = f"{prefix}:" if prefix else ""
            if plain != self.root:
                raise Damaged(DAMAGED)
        self.start(name.removeprefix(self._prefix), given)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.end(name.removeprefix(self._prefix))


def _no_doctype(*_: object) -> None:
    raise Damaged(DAMAGED)

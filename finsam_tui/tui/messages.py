"""What widgets tell their screens: that something has happened, never what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.message import Message


@dataclass
class Chosen(Message):
    """Enter was pressed (or a click made) on a row of a list."""

    row: Any  # as the list's window gave it


@dataclass
class Moved(Message):
    """Another row of a list was taken in hand; None when there are none."""

    row: Any

    def can_replace(self, message: Message) -> bool:
        """Only where one ends up is of interest."""
        return isinstance(message, Moved)


@dataclass
class Filtered(Message):
    """What stands in the filter line of a list has changed."""

    text: str

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
class Filtered(Message):
    """What stands in the filter line of a list has changed."""

    text: str

"""Instruments: sets of questions with one list of answers, each a file in instruments/.

An item becomes an ordinary field of the form that includes the instrument. Answers are stored a row
an item, under the instrument's id, so another form of another length is another file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from finsam_tui.errors import InputError
from finsam_tui.forms.field import Condition, Field

FOLDER = Path(__file__).with_name("instruments")
ITEM = "item_"  # a field's name is this and the item's key
INFLICTED = "inflicted"  # the group of items about what the person has done to others


@dataclass(frozen=True, slots=True)
class Item:
    """One question: `group` says what a yes means (exposed, inflicted, witnessed), if anything."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A versioned set of items answered from the code list `codes`; `whole`: all of them, or none.

    `codes` says what "will not answer" is, so that an item of a whole one is never left empty; on
    paper that came back, some are.
    """

    id: str
    title: str
    version: int
    codes: str
    items: tuple[Item, ...]
    whole: bool = True

    def fields(self, when: Condition) -> tuple[Field, ...]:
        """Return the items as fields, asked where `when` holds."""
        return tuple(
            Field(
                name=ITEM + item.key,
                label=item.label,
                kind="choice",
                codes=self.codes,
                required=self.whole,
                when=when,
            )
            for item in self.items
        )

    def keys(self, group: str) -> frozenset[str]:
        """Return the keys of the items in a group."""
        return frozenset(item.key for item in self.items if item.group == group)


@cache
def instrument(name: str) -> Instrument:
    """Return the instrument called `name`; raise InputError where its file is faulty."""
    path = FOLDER / f"{name}.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        items = tuple(Item(**item) for item in data.pop("item"))
        return Instrument(items=items, **data)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"Instrumentet {path.name} går inte att läsa: {error}.") from error

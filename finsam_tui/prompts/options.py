"""The answers a field offers: their numbers, and which of them a number or a few letters mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_tui.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.codes import Code, Codes
    from finsam_tui.forms.field import Field

_NUMBERS = re.compile(r"\d+(?::\d+%?)?(?:[,\s]+\d+(?::\d+%?)?)+")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its number, "" where labels are numbers; what is shown; the text it stands for.

    `words` are its key and its label, folded.
    """

    number: str
    label: str
    raw: str
    words: tuple[str, str]


def offered(field: Field, codes: Codes, parent: str | None = None) -> tuple[Option, ...]:
    """Return what a choice can be answered with, in order."""
    listed = codes.options(field.codes, parent)
    numbers = [str(number) for number in range(1, len(listed) + 1)]
    # A list of numbers (6, 18, 24 months), or with a key that is one, is answered in words only.
    if any(c.label[:1].isdigit() or c.key in numbers for c in listed):
        numbers = [""] * len(listed)
    return tuple(
        Option(number, safe(code.label), codes.spelling(code, parent), _words(code))
        for number, code in zip(numbers, listed, strict=True)
    )


def _words(code: Code) -> tuple[str, str]:
    return fold(code.key), fold(code.label)


def meant(options: Sequence[Option], typed: str) -> str:
    """Return the text of the one option that `typed` means, or `typed` where it is none or many."""
    found = find(options, typed)
    return found.raw if found else typed


def find(options: Sequence[Option], typed: str) -> Option | None:
    """Return the one option meant: by number, key, label, or how it or else a word in it begins."""
    text = fold(typed)
    if not text:
        return None
    exact = [o for o in options if typed.strip() == o.number or text in o.words]
    begun = [o for o in options if o.words[1].startswith(text)]
    inside = [o for o in options if f" {text}" in o.words[1]]
    found = exact or begun or inside
    return found[0] if len(found) == 1 else None


def several(options: Sequence[Option], typed: str) -> str:
    """Return the texts of the options that `typed` means, "|" between, with any extents kept.

    Between them stands "|" or ";", or a comma or a blank between numbers: "1 3", "2:50, 4".
    """
    parts = [part.strip() for part in typed.replace(";", "|").split("|") if part.strip()]
    split = [p for part in parts for p in _split(part)]
    return " | ".join(_with_extent(options, part) for part in split)


def _split(part: str) -> list[str]:
    return re.split(r"[,\s]+", part) if _NUMBERS.fullmatch(part) else [part]


def _with_extent(options: Sequence[Option], part: str) -> str:
    whole = find(options, part)
    name, colon, extent = part.rpartition(":")
    if whole or not colon:
        return whole.raw if whole else part
    return f"{meant(options, name)}:{extent}"

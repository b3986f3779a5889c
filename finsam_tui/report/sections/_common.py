"""What the sections have in common: labels of codes, shares of a base, the check of sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Column, Row
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.forms.codes import Codes

MISSING_KEY = "missing"
MISSING_LABEL = "Uppgift saknas"

GROUP = Column("group", "", "text")
COUNT = Column("count", "Antal")
SHARE = Column("share", "Andel", "share")


def capital(text: str) -> str:
    """Return `text` as the first words of a line."""
    return text[:1].upper() + text[1:]


def label(codes: Codes, list_name: str, key: str | None) -> str:
    """Return what a row about a code is called."""
    return MISSING_LABEL if key is None else capital(codes.label(list_name, key))


def place(codes: Codes, list_name: str, key: str | None) -> tuple[bool, int, str]:
    """Return where a code stands among those of its list; what is missing comes last."""
    code = codes.get(list_name, key) if key is not None else None
    return key is None, code.sort if code else 0, key or ""


def some(*texts: str) -> tuple[str, ...]:
    """Return the texts there are; an empty one is none."""
    return tuple(filter(None, texts))


def missing(*cells: int | None) -> Row:
    """Return the row of those without an answer, who are in no share."""
    return Row(MISSING_KEY, (MISSING_LABEL, *cells), rare=True)


def check(counts: Iterable[int], base: int, what: str) -> tuple[str, ...]:
    """Return a warning where the counts of a table do not add up to the base of the section."""
    total = sum(counts)
    if total == base:
        return ()
    return (f"{what} ger tillsammans {number(total)}, men underlaget är {number(base)}.",)

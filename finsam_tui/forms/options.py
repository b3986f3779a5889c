"""The answers that a field offers: their numbers, and which of them a few typed letters mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError
from finsam_tui.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.forms.codes import Code, Codes
    from finsam_tui.forms.field import Field

LAST_DIGIT = 9  # so many options are picked with one key
SEPARATORS = ("|", ";")
_NUMBERS = re.compile(r"\d+(?::\d+%?)?(?:[,\s]+\d+(?::\d+%?)?)+")


@dataclass(frozen=True, slots=True, eq=False)  # each is one of a list, and only itself
class Option:
    """One answer: its number, "" where labels are numbers; what to show; what to keep."""

    number: str
    label: str
    raw: str
    key: str
    folded: str = ""  # the label for matching
    positive: bool = False
    step: bool = False  # one of a ladder, where the order means something


def offered(
    field: Field, codes: Codes, parent: str | None = None, raw: str = ""
) -> tuple[Option, ...]:
    """Return what can be picked in a field, in order; `()` where the answer is typed.

    What stands in it, `raw`, can be picked again though the list no longer offers it.
    """
    if field.kind == "integer":
        return _scale(field)
    name = "yes_no" if field.kind == "yes_no" else field.codes
    if not name:
        return ()
    listed = codes.options(name, parent)
    listed = (*listed, *(code for code in _retired(name, raw, codes) if code not in listed))
    return tuple(
        Option(
            number=number,
            label=safe(code.label),
            raw=codes.spelling(code, parent),
            key=code.key,
            folded=fold(code.label),
            positive=code.positive,
            step=code.level is not None,
        )
        for number, code in zip(_numbers(listed), listed, strict=True)
    )


def _numbers(listed: Sequence[Code]) -> list[str]:
    """Return the numbers of the codes, "" for each where a number would mean two things.

    A list of numbers (6, 18, 24 months) is picked by what it says, not by the place in it.
    """
    places = {str(place): code.key for place, code in enumerate(listed, start=1)}
    crossed = any(places.get(code.key, code.key) != code.key for code in listed)
    if crossed or any(code.label[:1].isdigit() for code in listed):
        return [""] * len(listed)
    return list(places)


def _scale(field: Field) -> tuple[Option, ...]:
    """Return the points of a scale of one digit, such as 1–5."""
    low, high = field.minimum, field.maximum
    if low is None or high is None or low < 0 or high > LAST_DIGIT:
        return ()
    points = [str(point) for point in range(int(low), int(high) + 1)]
    return tuple(Option(point, point, point, point, point) for point in points)


def _retired(name: str, raw: str, codes: Codes) -> Iterator[Code]:
    for part in _parts(raw):
        try:
            code = codes.find(name, part.partition(":")[0].strip())
        except FieldError:
            continue
        if not code.active:
            yield code


def one_key(options: Sequence[Option]) -> bool:
    """Return whether every option has a digit of its own."""
    return bool(options) and all(len(option.number) == 1 for option in options)


def candidates(options: Sequence[Option], typed: str) -> tuple[Option, ...]:
    """Return the options that `typed` can mean: a number, or how a label or a word in it begins."""
    if not typed.strip():
        return tuple(options)
    if typed.strip().isdecimal() and any(option.number for option in options):
        return tuple(o for o in options if o.number.startswith(typed.strip()))
    text = fold(typed)
    first = tuple(option for option in options if option.folded.startswith(text))
    return first or tuple(option for option in options if f" {text}" in f" {option.folded}")


def meant(options: Sequence[Option], typed: str) -> Option | None:
    """Return the one option that `typed` means, exactly or as the only candidate."""
    text = fold(typed)
    exact = [o for o in options if typed.strip() == o.number or text in (o.folded, fold(o.key))]
    found = exact or candidates(options, typed)
    return found[0] if typed.strip() and len(found) == 1 else None


def spelled(options: Sequence[Option], raw: str) -> Option | None:
    """Return the option that `raw` spells out, by label or key."""
    text = fold(raw)
    return next((o for o in options if raw == o.raw or text in (o.folded, fold(o.key))), None)


def one(options: Sequence[Option], typed: str) -> str:
    """Return the text of the one option that `typed` means, or `typed` where it is none or many."""
    found = meant(options, typed)
    return found.raw if found else typed


def several(options: Sequence[Option], typed: str) -> str:
    """Return the texts of the options that `typed` means, "|" between, with any extents kept.

    Between them stands "|" or ";", or a comma or a blank between numbers: "1 3", "2:50, 4".
    """
    split = [p for part in _parts(typed) for p in _split(part)]
    return " | ".join(_with_extent(options, part) for part in split)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", "|").split("|") if part.strip()]


def _split(part: str) -> list[str]:
    return re.split(r"[,\s]+", part) if _NUMBERS.fullmatch(part) else [part]


def _with_extent(options: Sequence[Option], part: str) -> str:
    whole = meant(options, part)
    name, colon, extent = part.rpartition(":")
    if whole or not colon:
        return whole.raw if whole else part
    return f"{one(options, name)}:{extent}"

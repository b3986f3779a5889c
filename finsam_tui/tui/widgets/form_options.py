"""The answers that a field offers: their numbers, and which of them a few typed letters mean."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True, eq=False)  # each is one of a list, and only itself
class Option:
    """One answer: the number to press, "" where labels are numbers; what to show; what to keep."""

    number: str
    label: str
    raw: str
    key: str
    folded: str = ""  # the label for matching
    positive: bool = False
    step: bool = False  # one of a ladder, where the order means something


def options(
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
    offered = codes.options(name, parent)
    offered = (*offered, *(code for code in _retired(name, raw, codes) if code not in offered))
    # A list of numbers (6, 18, 24 months) is picked by what it says, not by the place in it.
    numbered = not any(code.label[:1].isdigit() for code in offered)
    return tuple(
        Option(
            number=str(place) if numbered else "",
            label=safe(code.label),
            raw=codes.spelling(code, parent),
            key=code.key,
            folded=fold(code.label),
            positive=code.positive,
            step=code.level is not None,
        )
        for place, code in enumerate(offered, start=1)
    )


def _scale(field: Field) -> tuple[Option, ...]:
    """Return the points of a scale of one digit, such as 1–5."""
    low, high = field.minimum, field.maximum
    if low is None or high is None or low < 0 or high > LAST_DIGIT:
        return ()
    points = [str(point) for point in range(int(low), int(high) + 1)]
    return tuple(Option(point, point, point, point, point) for point in points)


def _retired(name: str, raw: str, codes: Codes) -> Iterator[Code]:
    for part in raw.replace(";", "|").split("|"):
        try:
            code = codes.find(name, part.partition(":")[0].strip())
        except FieldError:
            continue
        if not code.active:
            yield code


def one_key(offered: Sequence[Option]) -> bool:
    """Return whether every option has a digit of its own."""
    return bool(offered) and all(len(option.number) == 1 for option in offered)


def candidates(offered: Sequence[Option], typed: str) -> tuple[Option, ...]:
    """Return the options that `typed` can mean: a number, or how a label or a word in it begins."""
    if not typed.strip():
        return tuple(offered)
    if typed.strip().isdecimal() and any(option.number for option in offered):
        return tuple(o for o in offered if o.number.startswith(typed.strip()))
    text = fold(typed)
    first = tuple(option for option in offered if option.folded.startswith(text))
    return first or tuple(option for option in offered if f" {text}" in f" {option.folded}")


def meant(offered: Sequence[Option], typed: str) -> Option | None:
    """Return the one option that `typed` means, exactly or as the only candidate."""
    text = fold(typed)
    exact = [o for o in offered if typed.strip() == o.number or text in (o.folded, fold(o.key))]
    found = exact or candidates(offered, typed)
    return found[0] if typed.strip() and len(found) == 1 else None


def spelled(offered: Sequence[Option], raw: str) -> Option | None:
    """Return the option that `raw` spells out, by label or key."""
    text = fold(raw)
    return next((o for o in offered if raw == o.raw or text in (o.folded, fold(o.key))), None)

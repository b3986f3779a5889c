"""The step ladder: where somebody went on it, and what counts as a positive step."""

from __future__ import annotations

from typing import Literal

Change = Literal["up", "same", "down", "unmeasured"]


def change(start: int | None, end: int | None) -> Change:
    """Return the movement between two levels of the ladder, 1 the lowest; None is not measured."""
    if start is None or end is None:
        return "unmeasured"
    if end == start:
        return "same"
    return "up" if end > start else "down"


def is_positive(start: int | None, closure: int | None, *, positive_result: bool) -> bool:
    """Return whether an enrolment ended with a positive step.

    That is a higher level at closure than at start, or any result that counts as one.
    """
    return positive_result or change(start, closure) == "up"

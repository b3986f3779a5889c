"""Outcome Rating Scale: its total, its clinical cut-off and the class of a start-end pair.

Numbers only, under neutral names: the wording of the scale is not the program's to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from finsam_tui.domain.dates import ADULT
from finsam_tui.text import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

SCORE_MAX, TOTAL_MAX = 10, 40
CUT_OFF, CUT_OFF_YOUNG = 25.0, 28.0  # from 18 years, and for 13 to 17
RELIABLE_CHANGE = 5.0  # some literature says 6; a setting of the association

Class = Literal["recovered", "improved", "unchanged", "deteriorated"]


def total(scores: Sequence[float]) -> float:
    """Return the sum of the four scores, 0 to 40 in tenths."""
    return half_up(sum(scores), 1)


def cut_off(age: int | None) -> float:
    """Return the clinical cut-off at an age at the measurement; an unknown age is an adult's."""
    return CUT_OFF_YOUNG if age is not None and age < ADULT else CUT_OFF


def is_clinical(score: float, age: int | None) -> bool:
    """Return whether a total is at or under the cut-off."""
    return score <= cut_off(age)


def classify(
    start: float,
    end: float,
    *,
    start_age: int | None,
    end_age: int | None,
    reliable_change: float = RELIABLE_CHANGE,
) -> Class:
    """Return what became of somebody whose total went from `start` to `end`.

    Those who start above the cut-off cannot recover: tell them apart with `is_clinical`.
    """
    rise = half_up(end - start, 1)  # 20.4 - 15.4 is 5, not a little less
    if rise >= reliable_change:
        left = is_clinical(start, start_age) and not is_clinical(end, end_age)
        return "recovered" if left else "improved"
    return "deteriorated" if rise <= -reliable_change else "unchanged"

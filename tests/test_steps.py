"""The step ladder and the positive step."""

from __future__ import annotations

import pytest

from finsam_tui.domain.steps import change, is_positive


@pytest.mark.parametrize(
    ("start", "end", "moved"),
    [
        (1, 2, "up"),
        (1, 4, "up"),
        (3, 3, "same"),
        (3, 2, "down"),
        (None, 2, "unmeasured"),
        (2, None, "unmeasured"),
        (None, None, "unmeasured"),
    ],
)
def test_the_movement_between_two_levels(start: int | None, end: int | None, moved: str) -> None:
    assert change(start, end) == moved


def test_a_positive_step_is_a_higher_level_or_a_result_that_counts() -> None:
    assert is_positive(1, 2, positive_result=False)
    assert is_positive(None, None, positive_result=True)
    assert is_positive(3, 2, positive_result=True)
    assert not is_positive(2, 2, positive_result=False)
    assert not is_positive(1, None, positive_result=False)

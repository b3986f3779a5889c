"""Shares and means, rounded by one rule."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.domain.shares import mean, share
from finsam_tui.text import percent


def test_shares_of_the_reports() -> None:
    assert share(66, 100) == 66.0
    assert share(21, 30) == 70.0
    assert share(202, 252) == 80.2
    assert share(1, 16) == 6.3  # 6,25
    assert share(0, 8) == 0.0
    assert share(3, 0) is None


def test_a_change_in_per_cent_falls_and_rises_alike() -> None:
    assert share(7 - 16, 16) == -56.3  # -56,25
    assert share(25 - 16, 16) == 56.3


@given(st.integers(0, 3_000_000), st.integers(1, 3_000_000))
def test_a_share_is_exact_to_the_decimal(part: int, whole: int) -> None:
    exact = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert share(part, whole) == float(exact)
    assert percent(part, whole).replace(" ", "") == f"{exact}%".replace(".", ",")


def test_means() -> None:
    assert mean(128.5, 52, 2) == 2.47
    assert mean(276 * 4, 4) == 276.0
    assert mean(0, 0) is None

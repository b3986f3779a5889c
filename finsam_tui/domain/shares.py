"""Shares and means: one rule for rounding, and no figure where there is nothing to divide by."""

from __future__ import annotations

from finsam_tui.text import half_up


def share(part: float, whole: float) -> float | None:
    """Return `part` of `whole` in per cent with one decimal; None of nothing.

    A change in per cent is the share of the difference: share(after - before, before).
    """
    return half_up(100 * part / whole, 1) if whole else None


def mean(total: float, count: int, decimals: int = 1) -> float | None:
    """Return the mean of `count` values that add up to `total`; None of no values."""
    return half_up(total / count, decimals) if count else None

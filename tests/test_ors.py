"""Outcome Rating Scale: total, cut-off and what became of a pair."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.domain.ors import Class, classify, cut_off, is_clinical, total

TENTHS = st.integers(0, 400).map(lambda tenths: tenths / 10)


def adult(start: float, end: float, reliable_change: float = 5) -> Class:
    return classify(start, end, start_age=30, end_age=31, reliable_change=reliable_change)


def test_the_five_pairs_of_the_report() -> None:
    pairs = [(21.3, 24.3), (21, 15.4), (7.4, 14.3), (4.5, 18.6), (4.2, 11.4)]
    classes = Counter(adult(start, end) for start, end in pairs)
    assert classes == {"improved": 3, "unchanged": 1, "deteriorated": 1}


def test_the_total_is_in_tenths() -> None:
    assert total([5.4, 5.3, 6.1, 7.8]) == 24.6
    assert total([0.1, 0.1, 0.1, 0.0]) == 0.3
    assert total([10, 10, 10, 10]) == 40


@pytest.mark.parametrize(("age", "limit"), [(13, 28), (17, 28), (18, 25), (64, 25), (None, 25)])
def test_the_cut_off_follows_age(age: int | None, limit: float) -> None:
    assert cut_off(age) == limit
    assert is_clinical(limit, age)
    assert not is_clinical(limit + 0.1, age)


@pytest.mark.parametrize(
    ("start", "end", "became"),
    [
        (20, 25.1, "recovered"),
        (25, 30, "recovered"),
        (20, 25, "improved"),
        (25.1, 30.1, "improved"),
        (21.1, 26, "unchanged"),
        (15.4, 20.4, "improved"),  # 20.4 - 15.4 is 4.999999999999998 to a computer
        (20.4, 15.4, "deteriorated"),
        (21, 16.1, "unchanged"),
        (21, 16, "deteriorated"),
    ],
)
def test_a_pair_is_classed(start: float, end: float, became: str) -> None:
    assert adult(start, end) == became


def test_the_reliable_change_is_the_associations_choice() -> None:
    assert adult(10, 15.5, reliable_change=5) == "improved"
    assert adult(10, 15.5, reliable_change=6) == "unchanged"


def test_each_measurement_has_the_cut_off_of_its_own_age() -> None:
    assert classify(20, 26, start_age=17, end_age=18) == "recovered"
    assert classify(20, 26, start_age=17, end_age=17) == "improved"


@given(TENTHS, TENTHS)
def test_a_rise_of_the_reliable_change_is_never_missed(start: float, end: float) -> None:
    rise = round(end * 10) - round(start * 10)
    better = adult(start, end) in {"recovered", "improved"}
    assert (better, adult(start, end) == "deteriorated") == (rise >= 50, rise <= -50)

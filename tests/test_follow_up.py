"""The follow-up call: due, open, overdue, passed or done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.domain.follow_up import (
    FINAL,
    OUTSIDE_SAMPLE,
    due_date,
    due_dates,
    is_late,
    state,
    window,
)
from finsam_tui.domain.periods import Period

DUE = date(2024, 8, 31)


def test_a_call_is_due_whole_months_after_the_closure() -> None:
    assert due_date(date(2024, 2, 17), 6) == date(2024, 8, 17)
    assert due_date(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert due_date(date(2022, 5, 1), 24) == date(2024, 5, 1)


def test_the_window_is_from_a_month_before_to_two_months_after() -> None:
    assert window(DUE) == Period(date(2024, 7, 31), date(2024, 10, 31))


@pytest.mark.parametrize(
    ("outcome", "today", "stands"),
    [
        (None, date(2024, 7, 30), "upcoming"),
        (None, date(2024, 7, 31), "open"),
        (None, DUE, "open"),
        (None, date(2024, 9, 1), "overdue"),
        ("no_answer", date(2024, 9, 1), "overdue"),
        ("call_back", date(2024, 10, 31), "overdue"),
        ("no_answer", date(2024, 11, 1), "passed"),
        ("answered", date(2024, 7, 1), "done"),
        ("answered", date(2024, 12, 1), "done"),
        ("number_changed", DUE, "open"),
        ("declined", DUE, "done"),
        ("gone", DUE, "done"),
    ],
)
def test_how_a_follow_up_stands(outcome: str | None, today: date, stands: str) -> None:
    assert state(DUE, outcome, today) == stands


def test_only_no_consent_and_gone_leave_the_sample() -> None:
    assert sorted(OUTSIDE_SAMPLE) == ["gone", "no_consent"]
    assert OUTSIDE_SAMPLE < FINAL


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-200, 200))
def test_a_call_is_late_exactly_when_an_unanswered_one_has_passed(due: date, away: int) -> None:
    day = due + timedelta(days=away)
    assert is_late(day, due) == (state(due, None, day) == "passed")


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_calls_to_make_today_are_those_in_whose_window_today_lies(today: date) -> None:
    due = due_dates(today)
    near = [today + timedelta(days=away) for away in range(-100, 100)]
    assert [day for day in near if today in window(day)] == [day for day in near if day in due]

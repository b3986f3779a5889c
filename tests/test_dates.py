"""Dates and moments are read as people type them, and refused with the fault named."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.domain.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    add_months,
    age,
    month_length,
    months_between,
    parse_date,
    parse_moment,
)
from finsam_tui.errors import FieldError

TODAY = date(2024, 11, 1)
NOW = datetime(2024, 11, 1, 12, 7, 30)

DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
TODAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
# Texts near to dates find more than texts of any kind do.
TYPED = st.text("0123456789+-/. :iIdagvmåTkl٣²", max_size=20) | st.text()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2024-03-15", "2024-03-15"),
        (" 2024-3-5 ", "2024-03-05"),
        ("2024/03/15", "2024-03-15"),
        ("20240315", "2024-03-15"),
        ("15032024", "2024-03-15"),
        ("20011999", "1999-01-20"),
        ("19201201", "1920-12-01"),
        ("24-03-15", "2024-03-15"),
        ("150324", "2024-03-15"),
        ("240315", "2024-03-15"),
        ("850312", "1985-03-12"),
        ("310899", "1999-08-31"),
        ("15/3", "2024-03-15"),
        ("5/11", "2024-11-05"),
        ("15/3 24", "2024-03-15"),
        ("15/3-2024", "2024-03-15"),
        ("15/3/24", "2024-03-15"),
        ("15.3.2024", "2024-03-15"),
        ("29/2", "2024-02-29"),
        ("15 mars", "2024-03-15"),
        ("3 SEPT. 23", "2023-09-03"),
        ("1 januari 1985", "1985-01-01"),
        ("i", "2024-11-01"),
        ("Idag", "2024-11-01"),
        ("i  dag", "2024-11-01"),
        ("igår", "2024-10-31"),
        ("i morgon", "2024-11-02"),
        ("-3", "2024-10-29"),
        ("+3", "2024-11-04"),
        ("+2v", "2024-11-15"),
        ("+6m", "2025-05-01"),
        ("-2 m", "2024-09-01"),
        ("+1å", "2025-11-01"),
    ],
)
def test_a_date_as_people_type_it(typed: str, meant: str) -> None:
    assert parse_date(typed, TODAY) == date.fromisoformat(meant)


def test_six_digits_that_are_two_dates_mean_the_one_nearest_to_today() -> None:
    assert parse_date("110412", date(2011, 1, 1)) == date(2011, 4, 12)
    assert parse_date("110412", date(2013, 1, 1)) == date(2012, 4, 11)


def test_a_year_of_two_digits_is_a_birth_rather_than_a_plan_for_the_far_future() -> None:
    assert parse_date("31/12 34", TODAY) == date(2034, 12, 31)
    assert parse_date("31/12 35", TODAY) == date(1935, 12, 31)
    assert parse_date("550312", TODAY) == date(1955, 3, 12)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "inte att läsa som ett datum. Skriv till exempel 2024-03-15"),
        ("snart", "inte att läsa som ett datum"),
        ("3", "inte att läsa som ett datum"),
        ("15 marsch 2024 kl 3", "inte att läsa som ett datum"),
        ("٣/٣", "inte att läsa som ett datum"),
        ("29/2 23", "månaden har 28 dagar det året"),
        ("2023-02-29", "månaden har 28 dagar det året"),
        ("31/4", "månaden har 30 dagar"),
        ("0/4", "månaden har 30 dagar"),
        ("13/13", "månaden ska vara 1–12"),
        ("2024-00-10", "månaden ska vara 1–12"),
        ("991399", "varken ÅÅMMDD eller DDMMÅÅ"),
        ("1899-12-31", "mellan 1900 och 2100"),
        ("2101-01-01", "mellan 1900 och 2100"),
        ("0024-03-15", "mellan 1900 och 2100"),
        ("+999å", "mellan 1900 och 2100"),
        ("+9999å", "mellan 1900 och 2100"),
    ],
)
def test_a_date_that_is_none_is_told_why(typed: str, why: str) -> None:
    with pytest.raises(FieldError, match=why):
        parse_date(typed, TODAY)


def test_29_february_of_this_year_needs_a_leap_year() -> None:
    with pytest.raises(FieldError, match="28 dagar"):
        parse_date("29/2", date(2023, 6, 1))


@given(DAYS, TODAYS)
def test_every_full_way_of_writing_a_date_is_read_back(day: date, today: date) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d/%m %Y", "%d.%m.%Y", "%Y/%m/%d"):
        assert parse_date(day.strftime(form), today) == day


@given(TODAYS, st.integers(-3000, 3000))
def test_six_digits_of_a_near_day_mean_a_day_as_near(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    for form in ("%y%m%d", "%d%m%y"):
        assert abs(parse_date(day.strftime(form), today) - today) <= abs(day - today)


@given(TYPED, TODAYS)
def test_any_other_text_is_refused_as_a_field_refuses(typed: str, today: date) -> None:
    try:
        day = parse_date(typed, today)
    except FieldError:
        return
    assert FIRST_YEAR <= day.year <= LAST_YEAR


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", "2024-11-01T14:30"),
        ("14.30", "2024-11-01T14:30"),
        ("9", "2024-11-01T09:00"),
        ("kl 9", "2024-11-01T09:00"),
        ("i 14:30", "2024-11-01T14:30"),
        ("imorgon 9", "2024-11-02T09:00"),
        ("i morgon kl. 9.15", "2024-11-02T09:15"),
        ("+2 14", "2024-11-03T14:00"),
        ("15/3 14.30", "2024-03-15T14:30"),
        ("15 mars 0:05", "2024-03-15T00:05"),
        ("2024-03-15 14:30", "2024-03-15T14:30"),
        ("2024-03-15T14:30", "2024-03-15T14:30"),
        (" 2024-03-15t14:30:59 ", "2024-03-15T14:30"),
    ],
)
def test_a_moment_as_people_type_it(typed: str, meant: str) -> None:
    assert parse_moment(typed, NOW) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Klockslaget saknas"),
        ("15/3", "Klockslaget saknas"),
        ("2024-03-15", "Klockslaget saknas"),
        ("15/3 24", "mellan 0:00 och 23:59"),
        ("14:60", "mellan 0:00 och 23:59"),
        ("31/4 14:30", "månaden har 30 dagar"),
        ("snart 14:30", "inte att läsa som ett datum"),
    ],
)
def test_a_moment_that_is_none_is_told_why(typed: str, why: str) -> None:
    with pytest.raises(FieldError, match=why):
        parse_moment(typed, NOW)


@given(TYPED)
def test_any_other_moment_is_refused_as_a_field_refuses(typed: str) -> None:
    try:
        moment = parse_moment(typed, NOW)
    except FieldError:
        return
    assert (moment.second, moment.microsecond, moment.tzinfo) == (0, 0, None)


def test_months_end_where_the_month_does() -> None:
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert add_months(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert add_months(date(2024, 1, 15), -1) == date(2023, 12, 15)
    assert add_months(date(2024, 1, 15), 24) == date(2026, 1, 15)


MONTHS = st.integers(-600, 600)
MIDDLE_DAYS = st.dates(date(1960, 1, 1), date(2040, 12, 31))


@given(MIDDLE_DAYS, MONTHS)
def test_adding_months_moves_by_exactly_so_many_and_keeps_the_day_where_it_can(
    day: date, months: int
) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == min(day.day, month_length(moved.year, moved.month))


@given(MIDDLE_DAYS, MIDDLE_DAYS)
def test_months_between_are_the_most_that_fit(first: date, last: date) -> None:
    months = months_between(first, last)
    assert add_months(first, months) <= last < add_months(first, months + 1)


@given(DAYS.filter(lambda day: day.year < LAST_YEAR))
def test_the_length_of_a_month_is_the_calendars(day: date) -> None:
    first = day.replace(day=1)
    assert month_length(day.year, day.month) == (add_months(first, 1) - first).days


def test_age_is_counted_in_whole_years() -> None:
    assert age(date(1990, 5, 20), date(2024, 5, 19)) == 33
    assert age(date(1990, 5, 20), date(2024, 5, 20)) == 34
    assert age(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert age(date(2004, 2, 29), date(2022, 3, 1)) == 18

"""A report's period: both days included, a year unless asked otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from finsam_tui.domain.periods import Period, parse
from finsam_tui.errors import FieldError

TODAY = date(2024, 11, 1)


def test_both_ends_belong_to_the_period() -> None:
    period = Period.year(2024)
    assert date(2024, 1, 1) in period
    assert date(2024, 12, 31) in period
    assert date(2023, 12, 31) not in period
    assert date(2025, 1, 1) not in period


def test_the_label_is_the_year_where_it_is_one() -> None:
    assert Period.year(2024).label == "2024"
    assert Period(date(2024, 1, 1), date(2024, 3, 31)).label == "1 jan 2024 – 31 mar 2024"
    assert Period(date(2023, 1, 1), date(2024, 12, 31)).label == "1 jan 2023 – 31 dec 2024"


@pytest.mark.parametrize(
    ("year", "first", "last", "period"),
    [
        (None, None, None, Period.year(2024)),
        ("2019", None, None, Period.year(2019)),
        (None, "2024-02-01", "2024-02-29", Period(date(2024, 2, 1), date(2024, 2, 29))),
        (None, "1/3", "i", Period(date(2024, 3, 1), TODAY)),
        (None, "2023-07-01", None, Period(date(2023, 7, 1), TODAY)),
        (None, None, "2023-06-30", Period(date(2023, 1, 1), date(2023, 6, 30))),
    ],
)
def test_what_the_options_ask_for(
    year: str | None, first: str | None, last: str | None, period: Period
) -> None:
    assert parse(year, first, last, TODAY) == period


@pytest.mark.parametrize(
    ("year", "first", "last", "why"),
    [
        ("2024", "2024-01-01", None, "antingen --year eller --from och --to"),
        ("2024", None, "2024-01-01", "antingen --year eller --from och --to"),
        ("24", None, None, "fyra siffror"),
        ("٢٠٢٤", None, None, "fyra siffror"),
        ("1899", None, None, "från 1900 till 2100"),
        (None, "2024-03-01", "2024-02-01", "slutar före sin början"),
        (None, "2025-01-01", None, "slutar före sin början"),
        (None, "31/4", None, "månaden har 30 dagar"),
    ],
)
def test_options_that_make_no_period_are_told_why(
    year: str | None, first: str | None, last: str | None, why: str
) -> None:
    with pytest.raises(FieldError, match=why):
        parse(year, first, last, TODAY)


@pytest.mark.parametrize(
    ("months", "first", "last"),
    [(12, (1, 1), (12, 31)), (6, (7, 1), (12, 31)), (3, (10, 1), (12, 31))],
)
def test_a_day_is_in_a_year_a_half_and_a_quarter(
    months: int, first: tuple[int, int], last: tuple[int, int]
) -> None:
    period = Period(date(2024, *first), date(2024, *last))
    assert Period.part(TODAY, months) == period
    assert Period.part(date(2024, *first), months) == Period.part(date(2024, *last), months)


@pytest.mark.parametrize(
    ("first", "last", "before", "after"),
    [
        ("2024-01-01", "2024-12-31", "2023-01-01 2023-12-31", "2025-01-01 2025-12-31"),
        ("2024-01-01", "2024-03-31", "2023-10-01 2023-12-31", "2024-04-01 2024-06-30"),
        ("2024-02-01", "2024-02-29", "2024-01-01 2024-01-31", "2024-03-01 2024-03-31"),
        ("2023-07-01", "2024-12-31", "2022-01-01 2023-06-30", "2025-01-01 2026-06-30"),
        ("2024-03-15", "2024-03-15", "2024-03-14 2024-03-14", "2024-03-16 2024-03-16"),
        ("2024-01-15", "2024-02-14", "2023-12-15 2024-01-14", "2024-02-15 2024-03-16"),
    ],
)
def test_the_periods_beside_one_are_as_long(first: str, last: str, before: str, after: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    beside = [period.beside(step) for step in (-1, 1)]
    assert [f"{found.first} {found.last}" for found in beside] == [before, after]


@pytest.mark.parametrize(
    ("period", "step"),
    [
        (Period.year(1900), -1),
        (Period.year(2100), 1),
        (Period.year(2024), -3000),
        (Period(date(1900, 1, 1), date(2100, 12, 30)), 100),
    ],
)
def test_no_period_lies_beyond_the_years_of_dates(period: Period, step: int) -> None:
    with pytest.raises(FieldError, match="mellan 1900 och 2100"):
        period.beside(step)

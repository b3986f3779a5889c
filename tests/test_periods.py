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

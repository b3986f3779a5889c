"""Personal numbers are read in every way they are written, and checked.

All numbers here belong to nobody: serials from 980 up, or the tax agency's own examples.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.domain import personal_id
from finsam_tui.domain.personal_id import TEST_SERIALS, PersonalId, parse, show
from finsam_tui.errors import FieldError

TODAY = date(2024, 11, 1)
BIRTHS = st.dates(date(1900, 1, 1), TODAY)
SERIALS = st.sampled_from(TEST_SERIALS)


@pytest.mark.parametrize(
    "written",
    ["199207179871", "19920717-9871", "920717-9871", "9207179871", "920717 9871", " 920717-9871 "],
)
def test_a_number_however_it_is_written(written: str) -> None:
    number = parse(written, TODAY)
    assert number == PersonalId("199207179871", date(1992, 7, 17))
    assert (number.kind, number.sex) == ("personnummer", "man")
    assert show(number.digits) == "19920717-9871"


@given(BIRTHS, SERIALS)
def test_a_test_number_is_valid_and_tells_birth_and_sex(birth: date, serial: int) -> None:
    digits = personal_id.test_number(birth, serial)
    number = parse(show(digits), TODAY)
    assert (number.digits, number.birth_date) == (digits, birth)
    assert number.sex == ("man" if serial % 2 else "woman")


@given(BIRTHS, SERIALS)
def test_ten_digits_find_their_century_again(birth: date, serial: int) -> None:
    digits = personal_id.test_number(birth, serial)
    sign = "+" if TODAY.year - birth.year >= 100 else "-"
    assert parse(f"{digits[2:8]}{sign}{digits[8:]}", TODAY).digits == digits


def test_plus_is_for_the_year_one_turns_100() -> None:
    digits = personal_id.test_number(date(1924, 12, 24), 980)
    assert parse(f"{digits[2:8]}+{digits[8:]}", TODAY).birth_date == date(1924, 12, 24)


@given(BIRTHS, SERIALS, st.integers(2, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(birth: date, serial: int, at: int, by: int) -> None:
    digits = personal_id.test_number(birth, serial)
    wrong = f"{digits[:at]}{(int(digits[at]) + by) % 10}{digits[at + 1 :]}"
    with pytest.raises(FieldError):
        parse(wrong, TODAY)


def test_a_samordningsnummer_adds_60_to_the_day() -> None:
    number = parse("701063-2391", TODAY)  # the tax agency's own example
    assert (number.kind, number.birth_date) == ("samordningsnummer", date(1970, 10, 3))
    assert number.digits == "197010632391"


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param("191500882392", id="no month"),
        pytest.param("191503609800", id="no day"),
        pytest.param("191500609803", id="neither"),
    ],
)
def test_a_samordningsnummer_may_leave_out_day_and_month(digits: str) -> None:
    number = parse(digits, TODAY)
    assert (number.kind, number.birth_date) == ("samordningsnummer", None)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "tio eller tolv siffror"),
        ("920717-987", "tio eller tolv siffror"),
        ("920717/9871", "tio eller tolv siffror"),
        ("٩٢٠٧١٧-٩٨٧١", "tio eller tolv siffror"),
        ("١٩٩٢٠٧١٧٩٨٧١", "tio eller tolv siffror"),
        ("19920717-9872", "Kontrollsiffran"),
        ("19921317-9871", "inte med ett datum"),
        ("19920732-9871", "inte med ett datum"),
        ("19920792-9871", "inte med ett datum"),
        ("19920700-9871", "inte med ett datum"),
        ("19921360-9871", "inte med ett datum"),
        ("18920717-9871", "mellan 1900 och i dag"),
        ("20920717-9871", "mellan 1900 och i dag"),
    ],
)
def test_a_number_that_is_none_is_told_why_without_repeating_it(written: str, why: str) -> None:
    with pytest.raises(FieldError, match=why) as refused:
        parse(written, TODAY)
    assert not any(digit in str(refused.value) for digit in ("9871", "9872", "0717"))


@given(st.text("0123456789+- ٣", max_size=14) | st.text())
def test_any_other_text_is_refused_as_a_field_refuses(written: str) -> None:
    try:
        number = parse(written, TODAY)
    except FieldError:
        return
    assert parse(number.digits, TODAY) == number


def test_only_numbers_that_belong_to_nobody_are_made() -> None:
    with pytest.raises(ValueError, match="980 to 999"):
        personal_id.test_number(date(1992, 7, 17), 979)

"""Text is cleaned on the way in, made safe on the way out, and figures are written in Swedish."""

from __future__ import annotations

import unicodedata
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.errors import FieldError
from finsam_tui.text import (
    alphabetic,
    clean,
    fold,
    half_up,
    long_date,
    number,
    percent,
    plural,
    safe,
    short_date,
)

# Whatever a keyboard, a file or an attacker can send, lone surrogates and all.
ANYTHING = st.text(st.characters())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Anna\x1b[31m", id="escape"),
        pytest.param("An\x00na", id="nul"),
        pytest.param("An\x07na", id="bell"),
        pytest.param("An\x7fna", id="delete"),
        pytest.param("An\x9b31mna", id="C1"),
        pytest.param("An\u202ena", id="bidi override"),
        pytest.param("An\u2066na", id="bidi isolate"),
        pytest.param("An\u200fna", id="right-to-left mark"),
        pytest.param("An\u061cna", id="Arabic letter mark"),
        pytest.param("An\ud800na", id="lone surrogate"),
        pytest.param("An\ufffena", id="noncharacter, not allowed in XML"),
        pytest.param("An\U000e0041na", id="tag"),
    ],
)
def test_what_could_steer_a_terminal_is_refused_and_shown_harmless(text: str) -> None:
    for multiline in (False, True):
        with pytest.raises(FieldError, match=r"otillåtet tecken \(U\+[0-9A-F]{4,}\) på plats \d"):
            clean(text, multiline=multiline)
    assert "\N{REPLACEMENT CHARACTER}" in safe(text)
    assert safe(text).isprintable()


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\u2028", "\t"])
def test_tabs_and_line_breaks_belong_in_long_texts_only(break_: str) -> None:
    with pytest.raises(FieldError, match="en rad"):
        clean(f"ett{break_}två")
    kept = "\t" if break_ == "\t" else "\n"
    assert clean(f"ett{break_}två", multiline=True) == f"ett{kept}två"


def test_names_of_the_world_are_kept() -> None:
    for name in (
        "Åsa Öberg-Ström",
        "Nguyễn Thị Ánh",
        "محمد",
        "گل\u200cپری",
        "Zoë O’Brien",
        "👨\u200d👩\u200d👧",
    ):
        assert clean(name) == name == safe(name)


def test_what_a_word_processor_leaves_behind_is_tidied() -> None:
    assert clean("\ufeff sam\u00adordning\u200b ") == "samordning"
    assert clean("A\u030asa") == "Åsa"


def test_a_refusal_does_not_repeat_the_text() -> None:
    with pytest.raises(FieldError) as refused:
        clean("Anna\x1b")
    assert "Anna" not in str(refused.value)


@given(ANYTHING, st.booleans())
def test_clean_settles_at_once_or_raises_a_field_error(text: str, multiline: bool) -> None:  # noqa: FBT001
    try:
        once = clean(text, multiline=multiline)
    except FieldError:
        return
    assert clean(once, multiline=multiline) == once == once.strip()
    assert unicodedata.is_normalized("NFC", once)
    assert safe(once, multiline=multiline) == once


@given(ANYTHING, st.booleans())
def test_whatever_is_shown_could_have_been_let_in(text: str, multiline: bool) -> None:  # noqa: FBT001
    shown = safe(text, multiline=multiline)
    assert len(shown) == len(text)
    clean(shown, multiline=multiline)


def test_headings_match_however_they_are_written() -> None:
    assert fold("Uppföljning_Månader") == fold("UPPFOLJNING_MANADER") == "uppfoljning_manader"
    assert fold(" A\u030asa\u00a0 Öberg\n") == "asa oberg"
    assert fold("Straße") == "strasse"


@given(ANYTHING)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, None, "0"),
        (-3, None, "-3"),
        (1234567, None, "1 234 567"),
        (24.5, None, "24,5"),
        (3.0, None, "3"),
        (1051782.22, 2, "1 051 782,22"),
        (70.0, 1, "70,0"),
        (-0.04, 1, "0,0"),
        (2.465, 2, "2,47"),
        (None, 1, "–"),
    ],
)
def test_numbers_in_swedish(value: float | None, decimals: int | None, written: str) -> None:
    assert number(value, decimals) == written


@given(st.integers(-10_000_000, 10_000_000), st.integers(0, 3))
def test_halves_go_away_from_zero_however_the_float_is_stored(half: int, decimals: int) -> None:
    written = Fraction(2 * half + 1, 2 * 10**decimals)  # exactly between two roundings
    up = half + 1 if half >= 0 else half
    assert half_up(float(written), decimals) == float(Fraction(up, 10**decimals))


def test_a_percentage_needs_something_to_be_a_part_of() -> None:
    assert percent(21, 30) == "70,0 %"
    assert percent(1, 16) == "6,3 %"
    assert percent(0, 7) == "0,0 %"
    assert percent(0, 0) == "–"


def test_a_number_takes_the_word_that_goes_with_it() -> None:
    assert plural(1, "dag", "dagar") == "1 dag"
    assert plural(0, "dag", "dagar") == "0 dagar"
    assert plural(1500, "deltagare", "deltagare") == "1 500 deltagare"


def test_names_in_the_order_of_the_swedish_alphabet() -> None:
    names = ["Alingsås", "Éslöv", "Filipstad", "Zinkgruvan", "Åmål", "ÄLVSBYN", "Örebro"]
    assert sorted(names, key=alphabetic) == names


def test_dates_in_swedish() -> None:
    assert long_date(date(2024, 3, 15)) == "fre 15 mars 2024"
    assert long_date(date(2024, 10, 10)) == "tors 10 oktober 2024"
    assert short_date(date(2024, 3, 5)) == "5 mar 2024"

"""Which answer a number, a few letters or a label means, and when it is left to the field."""

from __future__ import annotations

import pytest

from finsam_tui.forms import options
from finsam_tui.forms.codes import Code, Codes
from finsam_tui.forms.field import Field
from tests.forms.verdicts import CODES

LIVELIHOOD = Field("livelihood", "Försörjning", "choices", codes="livelihood")
FRUIT = Field("fruit", "Frukt", "choice", codes="fruit")


def fruit(*labels: str) -> Codes:
    return Codes(Code("fruit", f"key_{label}", label) for label in labels)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2", "aktivitetsersättning"),
        ("a-", "a-kassa"),
        ("LÖN", "lön"),
        ("lon", "lön"),
        ("wage", "lön"),
        ("ingen", "ingen offentlig försörjning"),
        ("förs", "försörjningsstöd"),  # a beginning goes before a word within
        ("offentlig", "offentlig"),  # two have the word
        ("akt", "akt"),  # two begin so
        ("13", "13"),
        ("", ""),
    ],
)
def test_what_is_typed_means_one_option_or_is_left_as_it_is(typed: str, meant: str) -> None:
    assert options.one(options.offered(LIVELIHOOD, CODES), typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 11", "a-kassa | lön"),
        ("1, 11", "a-kassa | lön"),
        ("lön; 1", "lön | a-kassa"),
        ("11:50 1", "lön:50 | a-kassa"),
        ("lö:50 % | finns inte", "lön:50 % | finns inte"),
        (" | ", ""),
    ],
)
def test_several_are_typed_in_one_line(typed: str, meant: str) -> None:
    assert options.several(options.offered(LIVELIHOOD, CODES), typed) == meant


def test_a_list_of_numbers_is_answered_with_what_it_says() -> None:
    months = Field("months", "Månader", "choices", codes="follow_up_months")
    assert [o.number for o in options.offered(months, CODES)] == ["", "", ""]
    assert options.several(options.offered(months, CODES), "6 18") == "6 | 18"


def test_a_key_that_is_a_small_number_takes_the_numbers_away() -> None:
    codes = Codes([Code("fruit", "2", "Äpple"), Code("fruit", "1", "Päron")])
    assert [o.number for o in options.offered(FRUIT, codes)] == ["", ""]
    assert options.one(options.offered(FRUIT, codes), "2") == "Äpple"


def test_a_key_that_is_a_long_number_does_not() -> None:
    codes = Codes([Code("fruit", "1881", "Kumla")])
    assert options.one(options.offered(FRUIT, codes), "1") == "Kumla"


@pytest.mark.parametrize("label", ["röda|gröna", "frukt: äpple", "a;b"])
def test_a_label_that_cannot_be_read_back_is_kept_by_its_key(label: str) -> None:
    codes = fruit(label, "annat")
    assert options.one(options.offered(FRUIT, codes), "1") == f"key_{label}"
    assert options.several(options.offered(FRUIT, codes), "2") == "annat"


def test_a_label_is_made_safe_to_show() -> None:
    (option,) = options.offered(FRUIT, fruit("a\x1b[31mb"))
    assert "\x1b" not in option.label

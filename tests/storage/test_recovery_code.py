"""A recovery code is read however it is typed, and a slip is found and its group told."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.errors import WrongKey
from finsam_tui.storage.recovery_code import ALPHABET, BITS, generate, read, write

NUMBERS = st.integers(0, 2**BITS - 1)
CODE = write(0x0123456789ABCDEF0123456789ABCDEF01234567)


def test_a_code_has_at_least_128_bits_in_groups_to_print() -> None:
    assert BITS >= 128
    assert re.fullmatch(rf"[{ALPHABET}]{{5}}(-[{ALPHABET}]{{5}}){{7}}", generate())
    assert len({generate() for _ in range(100)}) == 100


@given(NUMBERS)
def test_every_code_is_read_back(number: int) -> None:
    assert int.from_bytes(read(write(number)), "big") == number


@given(NUMBERS, st.data())
def test_a_code_is_read_however_it_is_typed(number: int, data: st.DataObject) -> None:
    marks = st.sampled_from(["", "", "-", " ", "–", "\n", "."])
    alike = {"0": "0Oo", "1": "1IilL"}
    typed = "".join(
        data.draw(st.sampled_from(alike.get(c, c + c.lower()))) + data.draw(marks)
        for c in write(number).replace("-", "")
    )
    assert read(typed) == read(write(number))


@pytest.mark.parametrize("place", [i for i, c in enumerate(CODE) if c != "-"])
def test_any_wrong_character_is_found_in_its_group(place: int) -> None:
    for other in set(ALPHABET + "U") - {CODE[place]}:
        with pytest.raises(WrongKey, match=f"grupp {place // 6 + 1} "):
            read(CODE[:place] + other + CODE[place + 1 :])


@given(NUMBERS, st.integers(0, 7), st.integers(0, 4), st.integers(0, 4))
def test_two_characters_that_changed_places_are_found(
    number: int, group: int, first: int, second: int
) -> None:
    code = list(write(number))
    a, b = group * 6 + first, group * 6 + second
    if code[a] == code[b]:
        return
    code[a], code[b] = code[b], code[a]
    with pytest.raises(WrongKey, match=f"grupp {group + 1} "):
        read("".join(code))


@given(NUMBERS, st.permutations(range(8)))
def test_groups_that_changed_places_are_found(number: int, order: list[int]) -> None:
    groups = write(number).split("-")
    if order == sorted(order):
        return
    with pytest.raises(WrongKey, match="felskriven"):
        read("-".join(groups[i] for i in order))


@pytest.mark.parametrize("code", ["", CODE[:-1], CODE + "0", "åäö"])
def test_a_code_of_another_length_is_told(code: str) -> None:
    with pytest.raises(WrongKey, match="40 tecken"):
        read(code)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(WrongKey):
        assert len(read(text)) == 20

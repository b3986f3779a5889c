"""The bar of keys: all of them if they fit at all, else the first ones and the ways out."""

from __future__ import annotations

import pytest

from finsam_tui.tui.widgets.key_line import Key, laid_out

HOUSE = [
    Key("F1", "Hjälp"),
    Key("F2", "Ny"),
    Key("F3", "Sök"),
    Key("Ctrl+P", "Allt", kept=True),
]


def line(keys: list[Key], width: int) -> str:
    drawn = ""
    for key, x, _ in laid_out(keys, width):
        drawn = f"{drawn:{x}}{key.shown} {key.label}"
    assert len(drawn) <= width
    return drawn


@pytest.mark.parametrize(
    ("width", "drawn"),
    [
        (40, "F1 Hjälp  F2 Ny  F3 Sök  Ctrl+P Allt"),
        (36, "F1 Hjälp  F2 Ny  F3 Sök  Ctrl+P Allt"),
        (35, "F1 Hjälp F2 Ny F3 Sök Ctrl+P Allt"),
        (30, "F1 Hjälp F2 Ny F3 Sök ^P Allt"),
        (28, "F1 Hjälp  F2 Ny  Ctrl+P Allt"),
        (27, "F1 Hjälp  Ctrl+P Allt"),
        (12, "Ctrl+P Allt"),
    ],
)
def test_keys_give_way_from_the_end_but_never_the_way_to_the_rest(width: int, drawn: str) -> None:
    assert line(HOUSE, width) == drawn


def test_each_key_is_told_by_its_place_among_all() -> None:
    assert [number for _, _, number in laid_out(HOUSE, 27)] == [0, 3]


def test_no_keys_make_an_empty_line() -> None:
    assert laid_out([], 80) == []

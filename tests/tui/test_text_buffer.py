from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.tui.widgets.text_buffer import TextBuffer, row_of, wrap, wrapped


def typed(*keys: str, text: str = "") -> TextBuffer:
    buffer = TextBuffer(text, len(text))
    for key in keys:
        assert buffer.press(key, key if len(key) == 1 else None)
    return buffer


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        (("a", "b", "left", "c"), "acb", 2),
        (("a", "b", "backspace"), "a", 1),
        (("a", "b", "home", "delete"), "b", 0),
        (("home", "x", "end", "y"), "xett tvåy", 9),
        (("ctrl+w",), "ett ", 4),
        (("ctrl+w", "ctrl+w"), "", 0),
        (("ctrl+left", "x"), "ett xtvå", 5),
        (("home", "ctrl+right"), "ett två", 3),
        (("left", "ctrl+u"), "å", 0),
        (("home", "right", "ctrl+k"), "e", 1),
        (("home", "left", "backspace"), "ett två", 0),
    ],
)
def test_editing_keys(keys: tuple[str, ...], text: str, cursor: int) -> None:
    buffer = typed(*keys, text="" if keys[0] == "a" else "ett två")
    assert (buffer.text, buffer.cursor) == (text, cursor)


def test_line_keys_keep_to_the_line_of_the_cursor() -> None:
    buffer = TextBuffer("ett\ntvå tre\nfyra", 8)
    buffer.press("ctrl+u", None)
    assert buffer.text == "ett\ntre\nfyra"
    buffer.press("end", None)
    assert buffer.cursor == 7
    buffer.press("ctrl+k", None)
    assert buffer.text == "ett\ntre\nfyra"


def test_typing_replaces_a_fresh_text_but_moving_in_it_keeps_it() -> None:
    fresh = TextBuffer("2026-03-16", 10, fresh=True)
    fresh.press("i", "i")
    assert fresh.text == "i"
    moved = TextBuffer("2026-03-16", 10, fresh=True)
    moved.press("left", None)
    moved.press("x", "x")
    assert moved.text == "2026-03-1x6"


def test_other_keys_are_somebody_elses() -> None:
    buffer = TextBuffer()
    assert not buffer.press("f1", None)
    assert not buffer.press("escape", "\x1b")
    assert buffer.text == ""


def test_lines_break_at_blanks_and_long_words_where_they_must() -> None:
    assert wrapped("ett två tre", 7) == ["ett två", "tre"]
    assert wrapped("åååååååååå b", 4) == ["åååå", "åååå", "åå b"]
    assert wrapped("ett\n\ntvå", 9) == ["ett", "", "två"]
    assert wrapped("日本語日本語", 6) == ["日本語", "日本語"]  # two cells each


@given(st.text(alphabet="ab å日\n"), st.integers(1, 9), st.integers(0, 40))
def test_every_place_in_a_text_is_on_one_line(text: str, width: int, place: int) -> None:
    lines = wrap(text, width)
    place = min(place, len(text))
    start, end = lines[row_of(lines, place)]
    assert start <= place <= end
    assert "".join(text[start:end] for start, end in lines) == text.replace("\n", "")

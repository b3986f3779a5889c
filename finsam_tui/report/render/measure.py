"""How wide a text is in a picture, near enough: no font is loaded to tell."""

from __future__ import annotations

from finsam_tui.report.render.lines import width as columns

# Widths of the characters of the wider ones of common sans serifs, in thousandths of their size.
_NARROW, _USUAL, _CAPITAL, _BROAD = 350, 620, 710, 950
_NARROW_ONES = frozenset("iljtfrI.,:;'|!()[] -–·")
_BROAD_ONES = frozenset("mwMW@%—…")


def text_width(text: str, size: float) -> float:
    """Return the width of `text` in pixels."""
    return sum(map(_thousandths, text)) * size / 1000


def broken(text: str, room: float, size: float) -> list[str]:
    """Return `text` as lines that have room, broken at blanks; a longer word is cut."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if text_width(joined, size) <= room:
            lines[-1] = joined
        else:
            lines += _cut(word, room, size)
    return [line for line in lines if line] or [""]


def _cut(word: str, room: float, size: float) -> list[str]:
    parts = [""]
    for char in word:
        if parts[-1] and text_width(parts[-1] + char, size) > room:
            parts.append("")
        parts[-1] += char
    return parts


def _thousandths(char: str) -> int:
    if char in _NARROW_ONES:
        return _NARROW
    if char in _BROAD_ONES or columns(char) > 1:
        return _BROAD
    return _CAPITAL if char.isupper() else _USUAL

"""Every text can be read on its ground, in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.tui.theme import THEMES, styles

if TYPE_CHECKING:
    from rich.color import Color

LEAST = {"mörk": 6.5, "ljus": 6.5, "hög kontrast": 15.0}
TONES = ("strong", "muted", "heading", "warning", "key", "titles")


def luminance(colour: Color) -> float:
    """Return the relative luminance of WCAG 2."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    assert colour.triplet is not None
    red, green, blue = (linear(part) for part in colour.triplet)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", LEAST)
@pytest.mark.parametrize(
    ("ground", "tone"),
    [
        *[(ground, tone) for ground in ("ground", "bar") for tone in ("ground", *TONES)],
        ("cursor", "cursor"),  # a row in hand has no other tones
        ("blurred", "blurred"),
    ],
)
def test_text_stands_out_from_its_ground(theme: str, ground: str, tone: str) -> None:
    roles = styles(theme)
    text = (roles["ground"] + roles[tone]).color
    under = (roles["ground"] + roles[ground]).bgcolor
    assert text is not None
    assert under is not None
    light, dark = sorted((luminance(text), luminance(under)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= LEAST[theme]


def test_there_is_a_theme_for_each_need() -> None:
    assert [theme.name for theme in THEMES] == list(LEAST)
    assert [theme.dark for theme in THEMES] == [True, False, True]

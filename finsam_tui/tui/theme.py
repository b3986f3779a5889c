"""Three themes: dark, light, and one for high contrast where nothing is told by a shade.

Contrast of text to its ground is at least 6,5:1 in the first two and 15:1 in the third.
"""

from __future__ import annotations

from functools import cache

from rich.style import Style
from textual.theme import Theme

# What the styles use besides Textual's own variables.
_DARK = Theme(
    name="mörk",
    primary="#7fb4e6",
    secondary="#9ccfb8",
    accent="#f0c674",
    warning="#f0c674",
    error="#ff9e9e",
    success="#9ccfb8",
    foreground="#e6e6e6",
    background="#14181d",
    surface="#14181d",
    panel="#232a32",
    variables={
        "finsam-muted": "#b4bcc6",
        "finsam-bar": "#232a32",
        "finsam-cursor": "#2f5f8f",
        "finsam-cursor-text": "#ffffff",
    },
)
_LIGHT = Theme(
    name="ljus",
    primary="#0b4f8a",
    secondary="#1e5c45",
    accent="#663d00",
    warning="#663d00",
    error="#a1121f",
    success="#1e5c45",
    foreground="#1a1a1a",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#e8e6df",
    dark=False,
    variables={
        "finsam-muted": "#4a4f55",
        "finsam-bar": "#e8e6df",
        "finsam-cursor": "#0b4f8a",
        "finsam-cursor-text": "#ffffff",
    },
)
_CONTRAST = Theme(
    name="hög kontrast",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ffff00",
    success="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    text_alpha=1.0,
    variables={
        "finsam-muted": "#ffffff",
        "finsam-bar": "#000000",
        "finsam-cursor": "#ffff00",
        "finsam-cursor-text": "#000000",
    },
)
THEMES = (_DARK, _LIGHT, _CONTRAST)


@cache
def styles(theme: str) -> dict[str, Style]:
    """Return what the roles of text look like in a theme: role → style.

    Lines are drawn with these and not with component classes: a rule of the style sheet for each
    role of each widget took a third of the time from the start to the first list.
    """
    colours = next((t for t in THEMES if t.name == theme), THEMES[0])
    own = colours.variables
    return {
        "ground": Style(color=colours.foreground, bgcolor=colours.background),
        "bar": Style(color=colours.foreground, bgcolor=own["finsam-bar"]),
        "strong": Style(bold=True),
        "muted": Style(color=own["finsam-muted"]),
        "heading": Style(color=colours.primary, bold=True),
        "warning": Style(color=colours.warning, bold=True),
        "key": Style(color=colours.accent, bold=True),
        "titles": Style(color=own["finsam-muted"], bold=True, underline=True),
        "cursor": Style(color=own["finsam-cursor-text"], bgcolor=own["finsam-cursor"], bold=True),
        "blurred": Style(bgcolor=own["finsam-bar"], bold=True),
    }

"""A refusal begins with a capital on the screen; after `finsam:`, as commands tell it, not."""

from __future__ import annotations

_PROGRAM = "finsam"  # a command to type begins with it


def sentence(text: str) -> str:
    """Return `text` with a capital, if it begins with a word: no number, path or command."""
    first = text.partition(" ")[0].rstrip(",.:;")
    return text[:1].upper() + text[1:] if first.isalpha() and first != _PROGRAM else text

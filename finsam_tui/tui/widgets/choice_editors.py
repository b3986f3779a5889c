"""Answers that are picked: one of the options, or any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from finsam_tui.forms.options import SEPARATORS, Option, candidates, meant, one_key
from finsam_tui.tui.widgets.line_editors import Did, Editor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.tui.widgets.text_buffer import TextBuffer


@dataclass
class ChoiceEditor(Editor):
    """One of the options: by its digit at once, or by number or letters and Enter."""

    typed: TextBuffer
    options: Sequence[Option]
    chosen: str = ""
    marked: Option | None = None
    letters: bool = False  # the first letter picks at once: ja, nej

    @property
    def raw(self) -> str:
        """What is being typed, else what is picked."""
        return self.typed.text or self.chosen

    def has(self, option: Option) -> bool:
        """Whether an option is picked, also while another is being looked for."""
        return option.raw == self.chosen

    def press(self, key: str, character: str | None) -> Did:
        """Pick with a digit, narrow with letters, mark with the arrows; Enter confirms."""
        if key == "enter":
            self.settle()
            return Did.ENTERED
        if key in ("left", "right"):
            return self._mark(-1 if key == "left" else 1)
        if character is None or self.typed.text:
            return self._type(key, character)
        option = self._picked(character.lower())
        if option:
            self._take(option)
            return Did.ANSWERED
        if character == " " or (character.isdecimal() and one_key(self.options)):
            return Did.EDITED  # nothing there to pick
        return self._type(key, character)

    def _picked(self, character: str) -> Option | None:
        if character == " ":
            return self.marked
        by_digit = one_key(self.options)
        for option in self.options:
            if by_digit and character == option.number:
                return option
            if self.letters and character == option.label[:1].lower():
                return option
        return None

    def _type(self, key: str, character: str | None) -> Did:
        if key in ("backspace", "delete", "ctrl+u") and not self.typed.text:
            self.chosen, self.marked = "", None
            return Did.EDITED
        if not self.typed.press(key, character):
            return Did.NOTHING
        self.marked = None
        return Did.EDITED

    def _mark(self, step: int) -> Did:
        self.marked = next_option(candidates(self.options, self.typed.text), self.marked, step)
        return Did.EDITED

    def _take(self, option: Option) -> None:
        self.chosen, self.marked = option.raw, None
        self.typed.clear()

    def settle(self) -> None:
        """Pick the marked option, or the only one that the letters can mean."""
        option = self.marked or meant(self.options, self.typed.text)
        if option:
            self._take(option)


@dataclass
class SeveralEditor(Editor):
    """Any of the options, each perhaps with its extent in per cent."""

    typed: TextBuffer
    options: Sequence[Option]
    extents: bool = False
    # raw of an option → what follows its colon; as text, for the field to judge
    chosen: dict[str, str] = field(default_factory=dict)
    marked: Option | None = None

    @property
    def raw(self) -> str:
        """What is picked, in the order of the options, and what is being typed."""
        order = {option.raw: place for place, option in enumerate(self.options)}
        parts = [
            f"{raw}:{extent}" if extent else raw
            for raw, extent in sorted(self.chosen.items(), key=lambda item: order[item[0]])
        ]
        return " | ".join([*parts, self.typed.text] if self.typed.text.strip() else parts)

    def has(self, option: Option) -> bool:
        """Whether an option is among those picked."""
        return option.raw in self.chosen

    def press(self, key: str, character: str | None) -> Did:
        """Pick or drop with a digit, or the marked with a blank; Enter confirms."""
        if key == "enter":
            return self._enter()
        if key in ("left", "right"):
            step = -1 if key == "left" else 1
            self.marked = next_option(self._narrowed(), self.marked, step)
            return Did.EDITED
        if character is None or self.typed.text:
            took = character in (" ", ",", *SEPARATORS) and self._take(toggle=True)
            return Did.EDITED if took or character in SEPARATORS else self._type(key, character)
        if character in (" ", ",", *SEPARATORS):
            self._toggle(self.marked if character == " " else None)
        elif character.isdecimal() and one_key(self.options):
            self._toggle(next((o for o in self.options if o.number == character), None))
        else:
            return self._type(key, character)
        return Did.EDITED

    def _enter(self) -> Did:
        # What is typed is picked, and more can follow; what cannot be read the field refuses.
        return Did.EDITED if self._take(toggle=True) else Did.ENTERED

    def _type(self, key: str, character: str | None) -> Did:
        if self.typed.text or key not in ("backspace", "delete", "ctrl+u"):
            if not self.typed.press(key, character):
                return Did.NOTHING
            if not self.typed.text.startswith(":"):  # the extent of the one just picked
                self.marked = None
            return Did.EDITED
        if key == "ctrl+u":
            self.chosen.clear()
        elif self.chosen:
            self.chosen.popitem()
        return Did.EDITED

    def _narrowed(self) -> Sequence[Option]:
        return candidates(self.options, self.typed.text.partition(":")[0])

    def _toggle(self, option: Option | None) -> None:
        if option is None:
            return
        self.marked = option
        if option.raw in self.chosen:
            del self.chosen[option.raw]
        else:
            self.chosen[option.raw] = ""

    def settle(self) -> None:
        """Add what the letters can only mean; what is picked already stays."""
        self._take(toggle=False)

    def _take(self, *, toggle: bool) -> bool:
        """Take what is typed: an option, or one with its extent, or ":50" of the one marked."""
        name, colon, extent = self.typed.text.partition(":")
        option = (self.marked or meant(self.options, name)) if self.typed.text else None
        if option is None or (colon and not self.extents):
            return False
        if colon or option.raw not in self.chosen or not toggle:
            self.chosen[option.raw] = extent.strip()
            self.marked = option
        else:
            self._toggle(option)
        self.typed.clear()
        return True


def next_option(offered: Sequence[Option], marked: Option | None, step: int) -> Option | None:
    """Return the option beside the marked one; the first or the last when none is."""
    if not offered:
        return None
    if marked not in offered:
        return offered[0 if step > 0 else -1]
    return offered[(offered.index(marked) + step) % len(offered)]

"""Values into cells: what `Field.parse` reads back as the same value, in any register.

A code is written by the label it has in every new register, which the import understands whatever
the label has been changed to; one of the association's own by its label; by its key where that
would mean another, and where it is an id.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, cast

from finsam_tui.errors import FieldError
from finsam_tui.forms.codes import SEPARATING, default_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from finsam_tui.forms.codes import Codes
    from finsam_tui.forms.field import Field, Value

    Cell = str | int | float  # figures are figures, everything else is a text; "" is empty
    Pairs = Iterable[tuple[object, ...]]


class Speller:
    """Writes the values of columns with the code lists of one register."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._spelled: dict[tuple[str, str, str | None], str] = {}

    def of(self, field: Field) -> Callable[[Value], Cell]:
        """Return what writes the single values of a field that no other narrows."""
        if field.kind in ("integer", "decimal"):
            return _figure
        if field.kind == "yes_no":
            return lambda value: (
                "" if value is None else self.code("yes_no", "yes" if value else "no")
            )
        if field.kind in ("choice", "choices"):
            return partial(self._choice, field.codes)
        return partial(self._shown, field)

    def narrowed(self, field: Field, value: Value, parent: Value) -> Cell:
        """Return a choice whose list the value beside it narrows."""
        if value is None:
            return ""
        return self.code(field.codes, str(value), cast("str | None", parent))

    def several(self, name: str, pairs: Pairs) -> str:
        """Return several values as one cell: (key,) or (key, per cent) of a list."""
        parts = []
        for key, *extent in pairs:
            told = f":{extent[0]}" if extent and extent[0] is not None else ""
            parts.append(self.code(name, str(key)) + told)
        return "|".join(parts)

    def answers(self, name: str, pairs: Pairs) -> str:
        """Return the answers of an instrument as one cell: "1:ja|2:nej"."""
        return "|".join(f"{item}:{self.code(name, str(key))}" for item, key in pairs)

    def code(self, name: str, key: str, parent: str | None = None) -> str:
        """Return the text that is read back as a key of a list."""
        known = (name, key, parent)
        if known not in self._spelled:
            self._spelled[known] = self._spelling(name, key, parent)
        return self._spelled[known]

    def _spelling(self, name: str, key: str, parent: str | None) -> str:
        label = _shipped().get((name, key)) or self._own(name, key)
        if label is None or set(label) & SEPARATING:
            return key
        try:
            found = self._codes.find(name, label, parent)
        except FieldError:
            return key
        return label if found.key == key else key

    def _own(self, name: str, key: str) -> str | None:
        """Return the label of a code that the association has added to a list."""
        code = self._codes.get(name, key)
        return code.label if code and any(name == shipped for shipped, _ in _shipped()) else None

    def _choice(self, name: str, value: Value) -> Cell:
        return "" if value is None else self.code(name, str(value))

    def _shown(self, field: Field, value: Value) -> Cell:
        return field.show(value, self._codes)


def _figure(value: Value) -> Cell:
    return "" if value is None else cast("float", value)


@cache
def _shipped() -> dict[tuple[str, str], str]:
    return {(code.list, code.key): code.label for code in default_codes()}

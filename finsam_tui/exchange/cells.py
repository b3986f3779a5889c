"""Cells into values: `Field.parse` asked once for each spelling, and remembered.

Most columns hold few different texts, so a remembered answer is what most rows cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from finsam_tui.errors import FieldError, InputError
from finsam_tui.exchange.faults import BROKEN
from finsam_tui.forms.instrument import instrument
from finsam_tui.text import unquoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.exchange.tables import Column
    from finsam_tui.forms.field import Context, Value

REMEMBERED = 20_000  # spellings a column; more would make memory grow with the file


@dataclass(frozen=True, slots=True)
class Refusal:
    """Stands in place of a value that the field refuses."""

    message: str


class Reader(dict[str, "Value | Refusal"]):
    """The cells of a column that depends on no other: text → value."""

    def __init__(self, column: Column, context: Context) -> None:
        super().__init__()
        self._column = column
        self._context = context
        self.refused = False  # whether any cell has been

    def __missing__(self, raw: str) -> Value | Refusal:
        try:
            value = self._parse(raw)
        except FieldError as error:
            self.refused = True
            return Refusal(str(error))
        if len(self) >= REMEMBERED:
            self.clear()
        self[raw] = value
        return value

    def _parse(self, raw: str) -> Value:
        _refuse_broken(raw)
        raw = unquoted(raw)
        if self._column.role == "answers":
            return _answers(raw, self._column.instrument, self._context)
        parse = self._column.field.parse
        value = parse(raw, self._context)
        if value is None and self._column.empty:
            value = parse(self._column.empty, self._context)
        if value is None and self._column.required:
            raise self._column.field.missing()
        return value

    def read(self, raws: Sequence[str]) -> list[Value | Refusal]:
        """Return the values of a column's cells."""
        return list(map(self.__getitem__, raws))


def of_empty(column: Column, context: Context) -> Value:
    """Return what an empty cell of an optional column stands for."""
    return column.field.parse(column.empty, context)


class PairReader(dict[tuple[str, object], "Value | Refusal"]):
    """The cells of a column that another one narrows: (text, the other's value) → value."""

    def __init__(self, column: Column, context: Context) -> None:
        super().__init__()
        self._column = column
        self._context = context
        self.refused = False

    def __missing__(self, pair: tuple[str, object]) -> Value | Refusal:
        try:
            value = self._parse(*pair)
        except FieldError as error:
            self.refused = True
            return Refusal(str(error))
        if len(self) >= REMEMBERED:
            self.clear()
        self[pair] = value
        return value

    def _parse(self, raw: str, parent: object) -> Value:
        _refuse_broken(raw)
        raw, known = unquoted(raw), parent if isinstance(parent, str) else None
        if self._column.role == "answers":
            return _answers(raw, known, self._context)
        return self._column.field.parse(raw, self._context, known)

    def read(
        self, raws: Sequence[str], parents: Sequence[Value | Refusal]
    ) -> list[Value | Refusal]:
        """Return the values of a column's cells, beside those of the column that narrows it."""
        return list(map(self.__getitem__, zip(raws, parents, strict=True)))


def _refuse_broken(raw: str) -> None:
    """Raise FieldError for a cell that says why it has no value."""
    if raw.startswith(BROKEN):
        raise FieldError(raw.removeprefix(BROKEN))


def _answers(raw: str, instrument_id: str | None, context: Context) -> Value:
    """Return the answers in "1:ja|2:nej" as (item, answer); of a whole instrument all, or none."""
    if not raw.strip():
        return None
    if instrument_id is None:
        raise FieldError("Ange i kolumnen instrument vilket formulär svaren hör till.")
    try:
        asked = instrument(instrument_id)
    except InputError as error:
        raise FieldError(str(error)) from error
    given = dict(_answer(part) for part in raw.split("|") if part.strip())
    keys = [item.key for item in asked.items]
    if sorted(given) != sorted(keys) and (asked.whole or set(given) - set(keys)):
        which = "var och en av frågorna" if asked.whole else "frågorna"
        example = "|".join(
            f"{key}:{answer}" for key, answer in zip(keys, ("ja", "nej"), strict=False)
        )
        raise FieldError(f"Skriv ett svar på {which} {', '.join(keys)}: {example}.")
    codes = context.codes
    found = tuple((key, codes.find(asked.codes, given[key]).key) for key in keys if key in given)
    return cast("Value", found)


def _answer(part: str) -> tuple[str, str]:
    item, _, answer = part.partition(":")
    return item.strip(), answer.strip()

"""A field of a form: its declaration, and the only validation a value ever meets.

`Field.parse` turns what was typed, read or imported into the stored value or refuses it in words;
`Field.show` is its inverse. The forms on screen, the plain prompts and the import are adaptors of
these two, and the table's CHECK says the same in SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from finsam_tui.errors import FieldError
from finsam_tui.forms import kinds

if TYPE_CHECKING:
    from datetime import date, datetime

    from finsam_tui.forms.codes import Codes

Kind = Literal[
    "text", "long_text", "phone", "date", "moment", "integer", "decimal",
    "yes_no", "choice", "choices", "extents", "personal_id",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)

# What a field holds once parsed. choices: keys; extents: (key, per cent or None).
Extents = tuple[tuple[str, int | None], ...]
Value = str | int | float | tuple[str, ...] | Extents | None
Values = Mapping[str, Value]
Condition = Mapping[str, tuple[Value, ...]]

NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Context:
    """What a form knows besides its answers.

    `facts` are read from the register (the enrolment's start date, …); `previous` are the values at
    an earlier occasion, which "=" repeats. `entry` is false when old records are imported: what
    must be asked today may be missing in them.
    """

    codes: Codes
    today: date
    now: datetime
    facts: Values = field(default_factory=dict)
    previous: Values = field(default_factory=dict)
    user: str | None = None  # the staff id of who is at the keys
    entry: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Declared in definitions/*.toml; see ARCHITECTURE.md for what each key means."""

    name: str
    label: str
    kind: Kind
    help: str = ""
    required: bool = False
    codes: str = ""  # the list of a choice
    parent: str = ""  # the field whose answer narrows the list
    minimum: float | None = None
    maximum: float | None = None
    decimals: int = 0
    grouped: bool = True  # thousands set apart where the number is shown; a year has none
    length: int = 80
    millimetres: bool = False  # a bare whole number above the maximum is a mark in mm: 74 is 7,4
    when: Condition = field(default_factory=dict)  # asked only then; "@name" looks at a fact
    default: str = ""  # what stands there from the start; today, now, me, +3m or a value
    hidden_value: str = ""  # what is stored when the field is not asked
    same_as: str = ""  # the earlier occasion that "=" repeats
    values_table: str = ""  # where the values of choices and extents are rows
    import_name: str = ""  # heading in the exchange format
    stored: bool = True  # false: asked for what saving brings about, and kept nowhere

    @property
    def several(self) -> bool:
        """Whether the field holds several values, in a table of their own."""
        return self.kind in ("choices", "extents")

    def parse(self, raw: str, context: Context, parent: str | None = None) -> Value:
        """Return the stored value of `raw`, None for an empty one; raise FieldError in Swedish.

        `parent` is the value of the field named by `self.parent`, where known.
        """
        raw = raw.strip()
        if not raw:
            return None
        return kinds.PARSERS[self.kind](self, raw, context, parent)

    def show(self, value: Value, codes: Codes) -> str:
        """Return the text that `parse` reads back as `value`, in Swedish."""
        return "" if value is None else kinds.SHOWERS[self.kind](self, value, codes)

    def missing(self) -> FieldError:
        """Return the refusal of an empty required field."""
        return FieldError(f"{self.label} måste anges.")

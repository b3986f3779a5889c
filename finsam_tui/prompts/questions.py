"""How each kind of field is put as a question in plain lines, and its answer made a field's text.

Nothing is judged here: what the answer means is said by `Form.parse`, in its own words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_tui.forms import options
from finsam_tui.text import number

if TYPE_CHECKING:
    from finsam_tui.forms.codes import Codes
    from finsam_tui.forms.field import Field
    from finsam_tui.forms.options import Option

CONTINUES = "\\"  # at the end of a line of a long text: there is one more


@dataclass(frozen=True, slots=True)
class Question:
    """A field as a question: what is offered, `how` to answer, and `read`, typed → the raw."""

    field: Field
    how: str
    offered: tuple[Option, ...] = ()
    read: Callable[[str], str] = str

    @property
    def several_lines(self) -> bool:
        """Whether the answer may go on over several lines."""
        return self.field.kind == "long_text"

    def listed(self) -> list[str]:
        """Return a line for each answer that is offered."""
        width = max((len(option.number) for option in self.offered), default=0)
        return [f"  {o.number:>{width}} {o.label}" for o in self.offered]

    def help(self) -> list[str]:
        """Return what "?" says, with the answers offered."""
        return [*filter(None, (self.field.help, self.how)), *self.listed()]


Builder = Callable[["Field", "Codes", str | None], Question]


def ask(field: Field, codes: Codes, parent: str | None = None) -> Question:
    """Return the question of a field; `parent` is the value that narrows its list."""
    return BUILDERS[field.kind](field, codes, parent)


def _typed(how: str) -> Builder:
    return lambda field, _codes, _parent: Question(field, how)


def _number(field: Field, _codes: Codes, _parent: str | None) -> Question:
    low, high = field.minimum, field.maximum
    if low is None or high is None:
        return Question(field, "Ett tal.")
    return Question(field, f"Ett tal från {number(low)} till {number(high)}.")


def _one(field: Field, codes: Codes, parent: str | None) -> Question:
    offered = options.offered(field, codes, parent)
    how = "Svara med nummer, de första bokstäverna eller hela ordet."
    return Question(field, how, offered, lambda typed: options.one(offered, typed))


def _several(how: str) -> Builder:
    """`how` has room for two of the answers, as they can be typed together."""

    def build(field: Field, codes: Codes, parent: str | None) -> Question:
        offered = options.offered(field, codes, parent)
        two = " ".join(option.number or option.label for option in offered[:2])
        said = how.format(two)
        return Question(field, said, offered, lambda typed: options.several(offered, typed))

    return build


BUILDERS: dict[str, Builder] = {
    "text": _typed(""),
    "long_text": _typed(f"Avsluta raden med {CONTINUES} för att skriva en rad till."),
    "phone": _typed("5–15 siffror."),
    "date": _typed("Ett datum: i (i dag), -3, 15/3, 150324, +6m."),
    "moment": _typed("En tid: 14:30, imorgon 9, +2 14, 15/3 14.30."),
    "integer": _number,
    "decimal": _number,
    "yes_no": _typed("j eller n."),
    "choice": _one,
    "choices": _several("Flera kan väljas: {}, eller orden med | emellan."),
    "extents": _several("Flera kan väljas, med procent efter kolon: 1:50 3, studier:50."),
    "personal_id": _typed("10 eller 12 siffror."),
}

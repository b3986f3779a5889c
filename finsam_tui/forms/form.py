"""A form: fields in order, which of them are asked, where they are stored, and rules across them.

`Form.read` is what every front end calls when a form is saved: answers as text in, values and
faults out. Nothing here reads a widget, a file or a register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from finsam_tui.errors import FieldError, InputError
from finsam_tui.forms.field import NOTHING, Condition, Context, Field, Value, Values

TYPED_ID = "id"  # the field of a form whose records are named by whoever adds them


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field; a `question` may be answered with "yes, it is so" and saved."""

    field: str
    message: str
    question: bool = False


class Refused(InputError):
    """A save was refused by rules that only the register could check; the form shows the faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message)
        self.faults = tuple(faults)


Rule = Callable[[Values, Context], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Part:
    """The fields that are stored together as one row of `table`.

    `constants` are columns that are not asked: column → value, or → "$name" of a field of the form.
    `when` says which answers make the row: none is written where it does not hold. `instrument`
    names the one whose items the fields are: these are a row each.
    """

    table: str
    fields: tuple[Field, ...]
    constants: Mapping[str, str] = field(default_factory=dict)
    when: Condition = field(default_factory=dict)
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a form: values of every field (None where not asked), and its faults."""

    values: dict[str, Value]
    faults: list[Fault]

    @property
    def refusals(self) -> list[Fault]:
        """Return the faults that no answer can talk away."""
        return [fault for fault in self.faults if not fault.question]

    @property
    def questions(self) -> list[Fault]:
        """Return the faults that ask "is it really so?"."""
        return [fault for fault in self.faults if fault.question]


@dataclass(frozen=True)
class Form:
    """One form, as declared in definitions/ID.toml. The first part is the record itself."""

    id: str
    title: str
    owner: str  # the table of what it is about: participant, referral, enrolment; "" nothing
    parts: tuple[Part, ...]
    fields: tuple[Field, ...]  # of all parts, in the order they are asked
    rules: tuple[Rule, ...] = ()
    intro: str = ""

    @property
    def table(self) -> str:
        """The table of the record that is saved."""
        return self.parts[0].table

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {f.name: f for f in self.fields}

    def of_record(self, record_id: int | str) -> Form:
        """Return the form as it opens for a record: an id that was typed once is told, not asked.

        Others refer to it. `record_id` 0 is a new record, whose form is all there is.
        """
        typed = self.by_name.get(TYPED_ID)
        if typed is None or not record_id:
            return self
        told = f"{typed.label} {record_id}, som inte ändras: annat hänvisar till det."
        fields = tuple(f for f in self.fields if f is not typed)
        return replace(self, fields=fields, intro=f"{self.intro} {told}".strip())

    def visible(self, values: Values, context: Context) -> list[Field]:
        """Return the fields that are asked, given the answers so far."""
        return [f for f in self.fields if asks(f, values, context)]

    def defaults(self, context: Context) -> dict[str, str]:
        """Return what stands in the fields of a new form, as text."""
        raws = {f.name: _default(f, context) for f in self.fields if f.default}
        return {name: raw for name, raw in raws.items() if raw}

    def parse(self, name: str, raw: str, values: Values, context: Context) -> Value:
        """Return one field's value, its list narrowed by the answers; raise FieldError."""
        field_ = self.by_name[name]
        parent = values.get(field_.parent) if field_.parent else None
        return field_.parse(raw, context, parent if isinstance(parent, str) else None)

    def read(self, raws: Mapping[str, str], context: Context) -> Reading:
        """Return the values of the answers in `raws` (field → text) and every fault in them."""
        values: dict[str, Value] = dict.fromkeys(self.by_name)
        faults: list[Fault] = []
        for f in self.fields:
            if not asks(f, values, context):
                values[f.name] = f.hidden_value or None
                continue
            try:
                values[f.name] = self.parse(f.name, raws.get(f.name, ""), values, context)
                if f.required and values[f.name] is None:
                    raise f.missing()
            except FieldError as error:
                faults.append(Fault(f.name, str(error)))
        wrong = {fault.field for fault in faults}
        faults += [fault for fault in self.check(values, context) if fault.field not in wrong]
        return Reading(values, faults)

    def check(self, values: Values, context: Context) -> Iterator[Fault]:
        """Yield the faults that only show when several answers are seen together."""
        for rule in self.rules:
            yield from rule(values, context)

    def show(self, values: Values, context: Context) -> dict[str, str]:
        """Return the values as the texts that `read` takes: how a stored record is edited."""
        shown = {f.name: f.show(values.get(f.name), context.codes) for f in self.fields}
        return {name: raw for name, raw in shown.items() if raw}


def asks(field_: Field, values: Values, context: Context) -> bool:
    """Return whether a field is asked; of a narrowed list only where something belongs there."""
    if not holds(field_.when, values, context.facts):
        return False
    listed = context.codes.every(field_.codes) if field_.parent else ()
    return not field_.parent or values.get(field_.parent) in {code.parent for code in listed}


def holds(condition: Condition, values: Values, facts: Values = NOTHING) -> bool:
    """Return whether every named answer (or "@fact") has a wanted value; "" is no answer."""
    return all(_matches(name, wanted, values, facts) for name, wanted in condition.items())


def _matches(name: str, wanted: tuple[Value, ...], values: Values, facts: Values) -> bool:
    value = facts.get(name[1:]) if name.startswith("@") else values.get(name)
    if isinstance(value, tuple):
        return any(item in wanted for item in value)
    return (value if value is not None else "") in wanted


def _default(field_: Field, context: Context) -> str:
    if field_.default == "today":
        return context.today.isoformat()
    if field_.default == "now":
        return context.now.strftime("%Y-%m-%d %H:%M")
    if field_.default == "me":
        return context.codes.label(field_.codes, context.user)
    if field_.default.startswith("+"):
        value = field_.parse(field_.default, context)
        return field_.show(value, context.codes)
    if field_.kind == "choice":
        return context.codes.label(field_.codes, field_.default)
    return field_.default

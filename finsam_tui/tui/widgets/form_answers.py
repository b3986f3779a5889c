"""The answers of a form being filled in: what stands where, what is asked, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError
from finsam_tui.forms import options
from finsam_tui.forms.derived import derive

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.forms.field import Context, Field, Value, Values
    from finsam_tui.forms.form import Form, Reading
    from finsam_tui.forms.options import Option


class Answers:
    """`raws` is field → text of every answer, those of fields no longer asked too.

    `values` is what they are read as, `visible` the fields that are asked, `faults` field → what
    has been told to be wrong with it.
    """

    def __init__(self, form: Form, context: Context, raws: Mapping[str, str] | None) -> None:
        """`raws` None gives a new form's defaults."""
        self.form = form
        self.context = context
        self.raws = dict(form.defaults(context) if raws is None else raws)
        self.faults: dict[str, str] = {}
        self.values: dict[str, Value] = {}
        self.visible: list[Field] = []
        self._options: dict[tuple[str, str | None, str], tuple[Option, ...]] = {}
        self.read()

    def read(self) -> Reading:
        """Read all answers: which fields are asked follows from them."""
        reading = self.form.read(self.raws, self.context)
        self.values = reading.values
        self.visible = self.form.visible(self.values, self.context)
        wrong = {fault.field: fault.message for fault in reading.refusals}
        # A fault that was told stays until it is mended.
        self.faults = {name: wrong[name] for name in self.faults if name in wrong}
        return reading

    def parse(self, field: Field, raw: str) -> Value:
        """Return what `raw` means in a field, given the other answers; raise FieldError."""
        return self.form.parse(field.name, raw, self.values, self.context)

    def refusal(self, field: Field, raw: str) -> str:
        """Return why `raw` cannot stand in a field, "" if it can."""
        try:
            self.parse(field, raw)
        except FieldError as error:
            return str(error)
        return ""

    def commit(self, field: Field, raw: str) -> None:
        """Let `raw` stand in a field, written in full, or as it is with its fault told."""
        self.faults.pop(field.name, None)
        try:
            raw = self._in_full(field, raw)
        except FieldError as error:
            self.faults[field.name] = str(error)
        changed = raw != self.raws.get(field.name, "")
        self.raws[field.name] = raw
        if changed:
            self.read()

    def _in_full(self, field: Field, raw: str) -> str:
        """Return `raw` as it is read today: tomorrow, "+1 9" would be another moment."""
        value = self.parse(field, raw)
        option = options.spelled(self.options(field), raw) if field.kind == "choice" else None
        return option.raw if option else field.show(value, self.context.codes)

    def options(self, field: Field) -> tuple[Option, ...]:
        """Return what can be picked in a field, given the other answers."""
        parent = self.values.get(field.parent) if field.parent else None
        narrowed = parent if isinstance(parent, str) else None
        raw = self.raws.get(field.name, "")
        known = (field.name, narrowed, raw)
        if known not in self._options:
            self._options[known] = options.offered(field, self.context.codes, narrowed, raw)
        return self._options[known]

    def run(self, field: Field) -> Sequence[Field]:
        """Return the fields from `field` on that the same earlier occasion can answer."""
        run = []
        for each in self.visible[self.visible.index(field) :]:
            if not each.same_as:
                break
            run.append(each)
        return run

    def earlier(self, field: Field) -> dict[str, str]:
        """Return what "=" puts in a field and the empty ones of its run, field → text."""
        texts = {
            each.name: each.show(self.context.previous.get(each.name), self.context.codes)
            for each in self.run(field)
            if each is field or not self.raws.get(each.name)
        }
        return {name: text for name, text in texts.items() if text}

    def derived(self, values: Values) -> dict[str, Value]:
        """Return what follows from `values` for fields that are left empty."""
        found: dict[str, Value] = {}
        for part in self.form.parts:
            found |= derive(part.table, values, self.context)
        return {name: value for name, value in found.items() if values.get(name, 0) is None}

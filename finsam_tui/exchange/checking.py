"""The rules across a row's cells: those of the table's forms, with facts from file and register."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, cast

from finsam_tui.domain.follow_up import due_date
from finsam_tui.exchange import facts
from finsam_tui.exchange.cells import of_empty
from finsam_tui.exchange.matching import stored_columns
from finsam_tui.forms import catalogue
from finsam_tui.forms.derived import derive
from finsam_tui.forms.form import Fault, Rule, holds
from finsam_tui.forms.instrument import ITEM, instrument
from finsam_tui.forms.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.matching import Stored
    from finsam_tui.exchange.tables import Table
    from finsam_tui.exchange.work import Work
    from finsam_tui.forms.field import Context, Field, Value, Values

    Row = dict[str, Value]
    Answers = tuple[tuple[str, str], ...]


class Checker:
    """Checks the rows of one table, and works out the columns that follow from the others."""

    def __init__(self, table: Table, work: Work) -> None:
        self._table = table
        self._work = work
        self._rules = [rule for form in table.forms for rule in RULES.get(form, ())]
        self._rules += _OWN_RULES.get(table.name, ())
        self._fields = {f.name: f for form in table.forms for f in catalogue.form(form).fields}
        self._nothing = dict.fromkeys(self._fields) | {
            c.name: of_empty(c, work.context) for c in table.columns if c.empty
        }
        self._stored = ("id", *stored_columns(table))
        self._strict = [self._fields[name] for name in table.strict]
        self._asked_by = sorted({name for f in self._strict for name in f.when})
        self._hidden: dict[tuple[Value, ...], list[Field]] = {}

    def check(self, batch: Batch, matched: Mapping[int, Stored]) -> None:
        """Tell every fault and question of the batch's rows; add the derived columns."""
        ask = facts.of(self._table)(batch, matched, self._work)
        context = self._work.context
        given = dict(batch.values)
        for name in self._table.derived:
            batch.values.setdefault(name, [None] * len(batch.rows))
        for index, row in self._rows(batch, given, matched):
            ask(index, row)
            for fault in chain.from_iterable([rule(row, context) for rule in self._rules]):
                batch.fault(index, fault.field, fault.message, question=fault.question)
            if self._strict:
                self._check_hidden(batch, index, row)
            if self._table.derived:
                self._derive(batch, index, row, stored=index in matched)
        for name in self._table.unique:
            if name in batch.values and name != "personal_id":  # which has a rule of its own
                self._check_unique(batch, name, matched)

    def _rows(
        self, batch: Batch, given: Mapping[str, Sequence[Value]], matched: Mapping[int, Stored]
    ) -> Iterator[tuple[int, Row]]:
        """Yield the sound rows as name → value; what is not `given` stays as it is stored.

        A row is good until the next one is asked for: it can be the same mapping.
        """
        names = list(given)
        cells = zip(*given.values(), strict=True)
        fresh = matched or "answers" in given
        row = self._nothing.copy()
        for index, values in enumerate(cells):
            if index in batch.bad or index in batch.unchanged:
                continue
            if fresh:
                row = self._nothing.copy()
                row.update(zip(self._stored, matched.get(index, ()), strict=False))
            row.update(zip(names, values, strict=True))
            for item, answer in cast("Answers", row.get("answers") or ()):
                row[ITEM + item] = answer
            yield index, row

    def _check_hidden(self, batch: Batch, index: int, row: Row) -> None:
        """Tell what the form would not have asked: the name of somebody anonymous."""
        answers = tuple(row[name] for name in self._asked_by)
        if answers not in self._hidden:
            self._hidden[answers] = [f for f in self._strict if not holds(f.when, row)]
        for field in self._hidden[answers]:
            if row[field.name] is not None:
                batch.fault(index, field.name, self._why_hidden(field, row))

    def _why_hidden(self, field: Field, row: Row) -> str:
        name = next(n for n, wanted in field.when.items() if not holds({n: wanted}, row))
        value = self._fields[name].show(row[name], self._work.context.codes) or "tomt"
        return f"Ska vara tomt när {self._fields[name].label} är {value}."

    def _derive(self, batch: Batch, index: int, row: Row, *, stored: bool) -> None:
        """Put the columns that follow from a row beside those of the file."""
        if index in batch.bad:
            return
        found = derive(self._table.table, row, self._work.context)
        if self._table.name == "uppföljningar" and not stored:
            closure = date.fromisoformat(str(self._work.facts["end_date"]))
            found["due_date"] = due_date(closure, int(str(row["months"]))).isoformat()
        for name in self._table.derived:
            batch.values[name][index] = found.get(name, row.get(name))

    def _check_unique(self, batch: Batch, name: str, matched: Mapping[int, Stored]) -> None:
        """Tell names that two rows share."""
        owners = facts.owners(batch, self._table.table, name, self._work)
        for index in batch.sound():
            own = matched[index][0] if index in matched else batch.values["id"][index]
            if owners.setdefault(batch.values[name][index], own) != own:
                batch.fault(index, name, "Namnet finns redan på en annan rad eller i registret.")


def _closed_if_told_why(values: Values, _context: Context) -> Iterator[Fault]:
    """A reason for the closure needs its date."""
    if values["end_date"] is None and values["closure_reason"] is not None:
        yield Fault("end_date", str(catalogue.form("closure").by_name["end_date"].missing()))


def _can_be_phoned(_values: Values, context: Context) -> Iterator[Fault]:
    """A follow-up is of a closed enrolment, and of somebody who is known."""
    if context.facts["end_date"] is None:
        yield Fault("enrolment_id", "Inskrivningen är inte avslutad.")
    elif context.facts["registration"] == "anonymous":
        yield Fault("enrolment_id", "Deltagaren är anonym och följs inte upp.")


def _outcome_fits(values: Values, _context: Context) -> Iterator[Fault]:
    """What somebody was exposed to are questions of the form, of one who was exposed."""
    kinds = values.get("kinds")
    if kinds is None:
        return
    if values.get("exposed") != 1:
        yield Fault("kinds", "Ska vara tomt när deltagaren inte var utsatt.")
    asked = instrument(str(values["instrument"])).keys("exposed") if values["instrument"] else ()
    if not set(str(kinds).split("|")) <= set(asked):
        message = f"Ange vilka av frågorna {', '.join(sorted(asked))} som besvarades med ja: 1|3."
        yield Fault("kinds", message)


# What the screens do not let happen, so that no form has a rule for it.
_OWN_RULES: dict[str, tuple[Rule, ...]] = {
    "inskrivningar": (_closed_if_told_why,),
    "uppföljningar": (_can_be_phoned,),
    "våld": (_outcome_fits,),
}

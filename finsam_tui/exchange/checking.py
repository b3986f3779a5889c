"""The rules across a row's cells: those of the table's forms, with facts from file and register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from finsam_tui.domain.follow_up import due_date
from finsam_tui.forms import catalogue
from finsam_tui.forms.derived import derive
from finsam_tui.forms.form import holds
from finsam_tui.forms.instrument import ITEM
from finsam_tui.forms.rules import RULES
from finsam_tui.storage import bulk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.matching import Stored
    from finsam_tui.exchange.tables import Table
    from finsam_tui.exchange.work import Work
    from finsam_tui.forms.field import Field, Value

    Row = dict[str, Value]
    Answers = tuple[tuple[str, str], ...]
    # Puts what the rules ask about row `index` into the facts.
    Facts = Callable[[int, Row], None]


class Checker:
    """Checks the rows of one table."""

    def __init__(self, table: Table, work: Work) -> None:
        self._table = table
        self._work = work
        self._rules = [rule for form in table.forms for rule in RULES.get(form, ())]
        fields = {f.name: f for form in table.forms for f in catalogue.form(form).fields}
        self._strict = [fields[name] for name in table.strict]
        self._nothing = dict.fromkeys(fields)

    def check(self, batch: Batch, matched: Mapping[int, Stored]) -> None:
        """Tell every fault and question of the batch's rows, and work out derived columns."""
        facts = _FACTS.get(self._table.name, _enrolment)(batch, matched, self._work)
        for index, row in self._rows(batch, matched):
            facts(index, row)
            for rule in self._rules:
                for fault in rule(row, self._work.context):
                    batch.fault(index, fault.field, fault.message, question=fault.question)
            if self._strict:
                self._check_hidden(batch, index, row)
            for name, message in _own_rules(self._table.name, row, self._work.facts):
                batch.fault(index, name, message)
            if self._table.derived and index not in batch.bad:
                self._derive(batch, index, row, matched.get(index))
        _unique(batch, self._table, matched, self._work)

    def _rows(self, batch: Batch, matched: Mapping[int, Stored]) -> Iterator[tuple[int, Row]]:
        """Yield the sound rows as name → value; what the file has no column for stays as it was."""
        names = list(batch.values)
        nothing: Stored = {}
        for index, cells in enumerate(zip(*batch.values.values(), strict=True)):
            if index not in batch.bad:
                stored = matched.get(index, nothing)
                row = {**self._nothing, **stored, **dict(zip(names, cells, strict=True))}
                for item, answer in cast("Answers", row.get("answers") or ()):
                    row[ITEM + item] = answer
                yield index, row

    def _derive(self, batch: Batch, index: int, row: Row, stored: Stored | None) -> None:
        """Put the columns that follow from the row beside those of the file."""
        found = derive(self._table.table, row, self._work.context)
        if self._table.name == "uppföljningar":
            found["due_date"] = stored["due_date"] if stored else _due(row, self._work.facts)
        elif self._table.name == "våld" and row["status"] != "answered":
            found = {"exposed": None, "any_yes": None}
        for name in self._table.derived:
            column = batch.values.setdefault(name, [None] * len(batch.rows))
            column[index] = found.get(name, row.get(name))

    def _check_hidden(self, batch: Batch, index: int, row: Row) -> None:
        """What the form would not ask must be empty: an anonymous person has no name."""
        for field in self._strict:
            if row.get(field.name) is not None and not holds(field.when, row):
                batch.fault(index, field.name, self._why_hidden(field, row))

    def _why_hidden(self, field: Field, row: Row) -> str:
        codes = self._work.context.codes
        fields = {f.name: f for form in self._table.forms for f in catalogue.form(form).fields}
        name = next(n for n, wanted in field.when.items() if not holds({n: wanted}, row))
        return f"Ska vara tom när {fields[name].label} är {fields[name].show(row[name], codes)}."


def _own_rules(table: str, row: Row, facts: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Yield (column, message) of what no single form would let happen."""
    if table == "inskrivningar" and row["end_date"] is None and row["closure_reason"] is not None:
        yield "end_date", str(catalogue.form("closure").by_name["end_date"].missing())
    if table == "uppföljningar" and facts.get("end_date") is None:
        yield "enrolment_id", "Inskrivningen är inte avslutad."
    elif table == "uppföljningar" and facts.get("registration") == "anonymous":
        yield "enrolment_id", "Deltagaren är anonym och följs inte upp."


def _due(row: Row, facts: Mapping[str, Value]) -> str:
    """Return when a follow-up falls due."""
    closure = date.fromisoformat(str(facts["end_date"]))
    return due_date(closure, int(str(row["months"]))).isoformat()


def _enrolment(batch: Batch, _matched: Mapping[int, Stored], work: Work) -> Facts:
    """Facts of the enrolment that a row belongs to."""
    enrolments = batch.linked.get("enrolment_id", {})

    def facts(_index: int, row: Row) -> None:
        start, end, registration = enrolments[row["enrolment_id"]]
        work.facts.update(start_date=start, end_date=end, registration=registration)

    def none(_index: int, _row: Row) -> None:
        work.facts.clear()

    return facts if enrolments else none


def _participants(batch: Batch, matched: Mapping[int, Stored], work: Work) -> Facts:
    """Fact: taken_number, where another participant has the number."""
    owners = _owners(batch, "participant", "personal_id", work)

    def facts(index: int, row: Row) -> None:
        number = row["personal_id"]
        own = matched[index]["id"] if index in matched else -index - 1
        owner = owners.setdefault(number, own)
        work.facts.update(taken_number=number if owner != own else None)

    return facts


def _enrolments(batch: Batch, matched: Mapping[int, Stored], work: Work) -> Facts:
    """Facts: birth_date of the participant, and the programmes that are open at the same time."""
    participants = batch.linked["participant_id"]
    keys = [(participant,) for participant in participants]
    columns = ("participant_id", "programme", "id", "end_date")
    found = bulk.find(work.conn, "enrolment", columns, ("participant_id",), keys)
    given = {stored["id"] for stored in matched.values()}  # these stand as the file has them
    taken = {(row[0], row[1]) for row in found if row[3] is None and row[2] not in given}

    def facts(_index: int, row: Row) -> None:
        participant, programme = row["participant_id"], row["programme"]
        is_open = row["end_date"] is None
        open_already = is_open and (participant, programme) in taken
        work.facts.update(
            birth_date=participants[participant][0],
            open_programmes=(str(programme),) if open_already else (),
        )
        if is_open:
            taken.add((participant, programme))

    return facts


_FACTS: dict[str, Callable[[Batch, Mapping[int, Stored], Work], Facts]] = {
    "deltagare": _participants,
    "inskrivningar": _enrolments,
}


def _owners(batch: Batch, table: str, column: str, work: Work) -> dict[Value, Value]:
    """Return value → the id of the stored row that has it, for the values of the batch."""
    values = batch.values.get(column, [])
    keys = [(value,) for value in dict.fromkeys(values) if value is not None]
    found = bulk.find(work.conn, table, (column, "id"), (column,), keys)
    owners: dict[Value, Value] = {None: None}
    owners.update((row[0], row[1]) for row in found)
    return owners


def _unique(batch: Batch, table: Table, matched: Mapping[int, Stored], work: Work) -> None:
    """Tell names that two rows share. Personal numbers have a rule of their own."""
    for name in table.unique:
        if name == "personal_id" or name not in batch.values:
            continue
        owners = _owners(batch, table.table, name, work)
        for index in batch.sound():
            own = matched[index]["id"] if index in matched else batch.values["id"][index]
            if owners.setdefault(batch.values[name][index], own) != own:
                batch.fault(index, name, "Namnet finns redan på en annan rad eller i registret.")

"""What rules ask besides a row's own cells: read for a batch at a time, told row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage import annual, bulk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.matching import Stored
    from finsam_tui.exchange.tables import Table
    from finsam_tui.exchange.work import Work
    from finsam_tui.forms.field import Value

    # Called for each row, in order: puts what is known about it into `work.facts`.
    Ask = Callable[[int, Mapping[str, Value]], None]


def of(table: Table) -> Callable[[Batch, Mapping[int, Stored], Work], Ask]:
    """Return what reads the facts of a table's rows."""
    if table.name in _OF:
        return _OF[table.name]
    linked = any(column.name == "enrolment_id" for column in table.columns)
    return _enrolment if linked else _none


def owners(batch: Batch, table: str, column: str, work: Work) -> dict[Value, Value]:
    """Return value → the id of the stored row that has it in `column`, for the batch's values."""
    values = batch.values.get(column, [])
    keys = [(value,) for value in dict.fromkeys(values) if value is not None]
    found = bulk.find(work.conn, table, (column, "id"), (column,), keys)
    return {row[0]: row[1] for row in found}


def _none(_batch: Batch, _matched: Mapping[int, Stored], _work: Work) -> Ask:
    def ask(_index: int, _row: Mapping[str, Value]) -> None:
        """There is nothing to know."""

    return ask


def _enrolment(batch: Batch, _matched: Mapping[int, Stored], work: Work) -> Ask:
    """Facts: start_date and end_date of the enrolment that a row belongs to."""
    enrolments = batch.linked["enrolment_id"]

    def ask(_index: int, row: Mapping[str, Value]) -> None:
        work.facts.update(enrolments[row["enrolment_id"]])

    return ask


def _follow_ups(batch: Batch, matched: Mapping[int, Stored], work: Work) -> Ask:
    """Facts of the enrolment, and `registration` of its participant."""
    enrolments = batch.linked["enrolment_id"]
    keys = [(enrolment["participant_id"],) for enrolment in enrolments.values()]
    found = bulk.find(work.conn, "participant", ("id", "registration"), ("id",), keys)
    registrations = {row[0]: row[1] for row in found}
    for enrolment in enrolments.values():
        enrolment["registration"] = registrations[enrolment["participant_id"]]
    return _enrolment(batch, matched, work)


def _participants(batch: Batch, matched: Mapping[int, Stored], work: Work) -> Ask:
    """Fact: taken_number, where another participant, stored or in the file, has the number."""
    taken = owners(batch, "participant", "personal_id", work)

    def ask(index: int, row: Mapping[str, Value]) -> None:
        number = row["personal_id"]
        if number is not None:
            own = matched[index][0] if index in matched else -index - 1
            owner = taken.setdefault(number, own)
            work.facts["taken_number"] = number if owner != own else None

    return ask


def _enrolments(batch: Batch, matched: Mapping[int, Stored], work: Work) -> Ask:
    """Facts: birth_date of the participant, and open_programmes if this enrolment is open, too."""
    participants = batch.linked["participant_id"]
    columns = ("participant_id", "programme", "id", "end_date")
    keys = [(participant,) for participant in participants]
    found = bulk.find(work.conn, "enrolment", columns, ("participant_id",), keys)
    given = {stored[0] for stored in matched.values()}  # these will be as the file has them
    taken = {(row[0], row[1]) for row in found if row[3] is None and row[2] not in given}

    def ask(_index: int, row: Mapping[str, Value]) -> None:
        participant, programme = row["participant_id"], row["programme"]
        enrolled = row["end_date"] is None and (participant, programme) in taken
        work.facts.update(participants[participant])
        work.facts["open_programmes"] = (str(programme),) if enrolled else ()
        if row["end_date"] is None:
            taken.add((participant, programme))

    return ask


def _programme_years(_batch: Batch, _matched: Mapping[int, Stored], work: Work) -> Ask:
    """Fact: without_persons, the programmes whose participants are counted by hand."""
    work.facts["without_persons"] = annual.without_persons(work.conn)
    return _none(_batch, _matched, work)


_OF: dict[str, Callable[[Batch, Mapping[int, Stored], Work], Ask]] = {
    "deltagare": _participants,
    "inskrivningar": _enrolments,
    "uppföljningar": _follow_ups,
    "insatsår": _programme_years,
}

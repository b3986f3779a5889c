"""Imports files of the exchange format: every row checked and written, or nothing at all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from finsam_tui.exchange import finding
from finsam_tui.exchange.batch import Parser
from finsam_tui.exchange.checking import Checker
from finsam_tui.exchange.comparing import Comparer
from finsam_tui.exchange.matching import Matcher
from finsam_tui.exchange.reading import Unreadable, open_sheet
from finsam_tui.exchange.sets import SetWriter
from finsam_tui.exchange.tables import tables
from finsam_tui.exchange.work import Tally, Work
from finsam_tui.exchange.writing import Writer
from finsam_tui.forms.field import Context
from finsam_tui.storage import access, bulk, code_lists, follow_ups

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.faults import Faults
    from finsam_tui.exchange.reading import Sheet, Source
    from finsam_tui.exchange.tables import Table
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an import. With faults, or in a dry run, the register is as it was.

    `questions` are what a form would have asked about ("is it really so?") and has taken.
    `scheduled` are follow-up calls that closures in the files brought about, moved or took away.
    """

    tallies: list[Tally]
    faults: Faults
    questions: Faults
    passed: list[str] = field(default_factory=list)  # files and sheets that were passed over
    scheduled: int = 0


# Tables that decide which follow-up calls there are to be.
_CLOSING = ("insatser", "deltagare", "inskrivningar", "uppföljningar")


class _Undo(Exception):
    """Ends the write transaction with nothing written."""


def import_files(
    register: Register,
    paths: Iterable[Path],
    *,
    now: datetime,
    dry_run: bool = False,
    ignore_unknown: bool = False,
) -> Report:
    """Import the files, folders and workbooks in one transaction, if nothing in them is faulty.

    `now` is when dates such as "i dag" are read. Raises InputError where there is nothing to
    read, NotAllowed for who only reads, or may not change what they do; faults are in the report.
    """
    access.refuse_reader(register)
    check = access.guard(register)
    found, passed = finding.find(paths, ignore_unknown=ignore_unknown)
    tallies: list[Tally] = []
    scheduled = 0
    with suppress(_Undo), register.write() as conn, bulk.room(conn):
        work = Work(conn, Context(code_lists.load(conn), now.date(), now, entry=False))
        tallies = [
            _load(found[table.name], table, work, ignore_unknown=ignore_unknown)
            for table in tables()
            if table.name in found
        ]
        written = {t.table for t in tallies if t.new or t.changed}
        check(_forms(written))
        if written.intersection(_CLOSING):
            scheduled = _schedule(conn)
        if dry_run or work.faults.count:
            raise _Undo
    return Report(tallies, work.faults, work.questions, passed, scheduled)


def _forms(names: set[str]) -> list[str]:
    """Return the forms of the tables called `names`."""
    return [form for table in tables() if table.name in names for form in table.forms]


def _load(source: Source, table: Table, work: Work, *, ignore_unknown: bool) -> Tally:
    """Load one file or sheet; return what became of its rows."""
    tally = Tally(table.name)
    try:
        sheet = open_sheet(source, table, ignore_unknown=ignore_unknown)
    except Unreadable as error:
        work.faults.add(error.faults)
        work.unread.add(table.name)
        work.faulty.add(table.name)
        return tally
    if table.whole:
        _load_set(sheet, work, tally)
    else:
        _load_rows(sheet, work, tally)
    if table.key == ("id",):
        work.renew_codes()
    return tally


def _load_rows(sheet: Sheet, work: Work, tally: Tally) -> None:
    table = sheet.table
    parser = Parser(sheet, work)
    checker = Checker(table, work)
    writer = Writer(table, sheet.columns, work, tally)
    matcher = Matcher(table, work)
    comparer = Comparer(table, sheet.columns, work)
    with bulk.unnoted(work.conn, writer.tables):
        for chunk in sheet.chunks():
            batch = parser.batch(chunk)
            if batch.rows:
                matched = comparer.changed(batch, matcher.match(batch))
                checker.check(batch, matched)
                writer.write(batch, matched)
            tally.unchanged += len(batch.unchanged)
            _tell(batch, table, work)
        writer.finish()
    work.changed = work.changed or tally.changed > 0


def _load_set(sheet: Sheet, work: Work, tally: Tally) -> None:
    parser = Parser(sheet, work)
    writer = SetWriter(sheet.table, work, tally)
    with bulk.unnoted(work.conn, [sheet.table.table]):
        for chunk in sheet.chunks():
            batch = parser.batch(chunk)
            if batch.rows:
                writer.write(batch)
            _tell(batch, sheet.table, work)
        writer.finish()


def _tell(batch: Batch, table: Table, work: Work) -> None:
    """Take the batch's faults into the import's, in the order of its rows."""
    work.faults.add(sorted(batch.faults, key=lambda fault: fault.row))
    asked = [fault for index, fault in batch.questions if index not in batch.unchanged]
    work.questions.add(sorted(asked, key=lambda fault: fault.row))
    if batch.faults:
        work.faulty.add(table.name)
    own = table.own_id
    if own is not None and batch.bad:
        for index in batch.bad:
            work.break_off(table, batch.raws[own.name][index].strip())


def _schedule(conn: Connection) -> int:
    """Schedule the calls that the closures bring about; one audit entry for all new ones."""
    before = bulk.highest_id(conn, "follow_up")
    with bulk.unnoted(conn, ["follow_up"]):
        changed = follow_ups.schedule(conn)
    after = bulk.highest_id(conn, "follow_up")
    if after > before:
        bulk.note_insert(conn, "follow_up", before + 1, after)
    return changed

"""`finsam logg`: who opened, changed and erased what, and whether the log is as it was written.

Columns are named, values are not: what was changed is in `finsam person`.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from finsam_tui.commands import _logs, _participant, _trail
from finsam_tui.commands._register import open_register
from finsam_tui.domain.dates import parse_date
from finsam_tui.errors import FieldError, UsageError
from finsam_tui.storage import access_log, attempts, log_check, trail
from finsam_tui.storage.holdings import Holdings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.attempts import Failed
    from finsam_tui.storage.log_check import Checked
    from finsam_tui.storage.trail import Event


def configure(parser: Parser) -> None:
    """Add whose and since when."""
    parser.add_argument("--person", metavar="ID", help="bara det som rör den deltagaren")
    parser.add_argument("--since", metavar="DATUM", help="bara från och med den dagen")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="annars text")


def run(args: argparse.Namespace) -> int:
    """Print the log, newest last, and what is wrong with it; 1 if anything is."""
    since = _since(args.since)
    person = _participant.number(args.person) if args.person else None
    with open_register(args) as register:
        _participant.coordinators_only(register, services=True)
        about = None if person is None else Holdings(register.conn).of(person)
        checked = log_check.check(register)  # before this reading takes a place in it
        access_log.log_access(register, "log", person)
        found = trail.events(register.conn, since, about)
        failed = attempts.read(register.path)
        if args.format == "json":
            _print_json(found, checked, failed)
        else:
            _print_text(found, checked, failed)
    return 0 if checked.whole else 1


def _since(text: str | None) -> str:
    """Return a day's first moment by the clock of the place, as UTC."""
    if text is None:
        return ""
    try:
        day = parse_date(text, datetime.now().date())  # noqa: DTZ005 - as the team writes them
    except FieldError as error:
        raise UsageError(f"--since: {error}") from None
    return datetime.combine(day, time()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _print_text(found: Iterable[Event], checked: Checked, failed: Failed) -> None:
    for event in found:
        print(_trail.line(event))
    if failed.times:
        print(f"Inte i loggen än: {failed}.")
    for line in _logs.lines(checked):
        print(line)


def _print_json(found: Iterable[Event], checked: Checked, failed: Failed) -> None:
    told = {
        **_logs.data(checked),
        "failed_unlocks": failed.times,
        "entries": [_trail.data(event) for event in found],
    }
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()

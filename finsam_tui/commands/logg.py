"""`finsam logg`: who opened, changed and erased what, and whether the log is as it was written.

Columns are named, values are not: what was changed is in `finsam person`.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from finsam_tui.commands import _participant, _trail
from finsam_tui.commands._register import open_register
from finsam_tui.domain.dates import parse_date
from finsam_tui.errors import FieldError, UsageError
from finsam_tui.storage import access_log, audit, trail
from finsam_tui.storage.holdings import Holdings
from finsam_tui.text import plural

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.audit import Fault
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.trail import Event

# Log → one of its entries, and several.
_LOGS = {
    "audit": ("ändring", "ändringar"),
    "access": ("öppning", "öppningar"),
    "erasure": ("gallring", "gallringar"),
}
_FAULTS = {
    "changed": "post {} är ändrad",
    "values": "värdena i post {} är ändrade eller borttagna",
    "removed": "post {} är borttagen",
    "unsealed": "post {} är tillagd utanför finsam",
}
_MOST = 20  # faults that are told one by one


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
        faults = list(audit.verify(register.conn))  # before this reading takes a place in it
        access_log.log_access(register, "log", person)
        found = trail.events(register.conn, since, about)
        if args.format == "json":
            _print_json(found, faults)
        else:
            _print_text(register, found, faults)
    return 1 if faults else 0


def _since(text: str | None) -> str:
    """Return a day's first moment by the clock of the place, as UTC."""
    if text is None:
        return ""
    try:
        day = parse_date(text, datetime.now().date())  # noqa: DTZ005 - as the team writes them
    except FieldError as error:
        raise UsageError(f"--since: {error}") from None
    return datetime.combine(day, time()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _print_text(register: Register, found: Iterable[Event], faults: Sequence[Fault]) -> None:
    for event in found:
        print(_trail.line(event))
    if not faults:
        last = audit.ends(register.conn)
        counts = ", ".join(plural(last[log], *names) for log, names in _LOGS.items())
        print(f"Loggen är hel: {counts}.")
        return
    print(f"Loggen är bruten på {plural(len(faults), 'ställe', 'ställen')}:")
    for fault in faults[:_MOST]:
        print(f"  {_LOGS[fault.log][1]}, {_FAULTS[fault.what].format(fault.entry)}")
    print("Jämför med en säkerhetskopia, och utred vem som har haft tillgång till registret.")


def _print_json(found: Iterable[Event], faults: Sequence[Fault]) -> None:
    told = {
        "whole": not faults,
        "faults": [fault._asdict() for fault in faults],
        "entries": [_trail.data(event) for event in found],
    }
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()

"""`finsam person`: everything held on one participant, when somebody asks for what is theirs."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_tui.commands import _participant, _trail
from finsam_tui.commands._register import open_register
from finsam_tui.storage import access, access_log, files, wording
from finsam_tui.text import plural, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.forms.codes import Codes
    from finsam_tui.storage.dossier import Dossier, Record

PLAINTEXT = "Filen är inte krypterad; lämna den inte kvar i onödan."


def configure(parser: Parser) -> None:
    """Add whom it is about, and where it goes."""
    parser.add_argument(
        "id", nargs="?", metavar="ID", help="deltagarens nummer; annars frågas efter personnumret"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="annars text")
    parser.add_argument("-o", "--output", metavar="FIL", type=Path, help="skriv till en ny fil")


def run(args: argparse.Namespace) -> int:
    """Print it or write it to a file for its owner only; the access log notes that it was made."""
    from finsam_tui.storage.dossier import dossier

    asked = _participant.number(args.id) if args.id else None
    with open_register(args) as register:
        participant = _participant.ask(register) if asked is None else asked
        _participant.check(register, participant)
        access.check_person(register, participant)
        kind: access_log.Opened = "export" if args.output else "print"
        access_log.log_access(register, kind, participant, "registerutdrag")
        made, codes = dossier(register, participant), register.codes
    text = _as_json(made) if args.format == "json" else _as_text(made, codes)
    if args.output is None:
        sys.stdout.write(text)
        return 0
    files.new_private(args.output, text.encode())
    print(f"Sparad i {safe(str(args.output))}. {PLAINTEXT}", file=sys.stderr)
    return 0


def _as_text(made: Dossier, codes: Codes) -> str:
    lines = [
        f"Registerutdrag för deltagare {made.participant}, {date.today().isoformat()}",  # noqa: DTZ011 - the day on paper
        "",
        *_withheld(made),
    ]
    for record in made.records:
        lines += _record_lines(record)
    lines += ["", "Vad som har ändrats"]
    for event in made.history:
        lines.append(f"  {_trail.line(event)}")
        lines += (f"      {change}" for change in _trail.changes(event, codes))
    lines += ["", "Vem som har tagit del av uppgifterna"]
    lines += (f"  {_trail.line(event)}" for event in made.opened)
    return "".join(f"{line}\n" for line in lines)


def _withheld(made: Dossier) -> Iterator[str]:
    for table, count in made.withheld.items():
        rows = plural(count, "post", "poster")
        yield f"Här saknas {rows} ({wording.title(table)}), som bara deltagarens coach får se."
    if made.withheld:
        yield "Låt deltagarens coach göra ett eget utdrag, så att deltagaren får allt."


def _record_lines(record: Record) -> Iterator[str]:
    yield ""
    yield f"{wording.title(record.table)} {record.id}"
    for label, value in record.told:
        first, *more = safe(value, multiline=True).expandtabs(4).split("\n")
        yield f"  {label}: {first}"
        yield from (f"    {line}" for line in more)


def _as_json(made: Dossier) -> str:
    told: dict[str, Any] = {
        "participant": made.participant,
        "withheld": made.withheld,
        "records": [
            {
                "table": record.table,
                "id": record.id,
                "title": wording.title(record.table),
                "values": {k: _clean(v) for k, v in record.values.items()},
                "told": {label: _clean(value) for label, value in record.told},
            }
            for record in made.records
        ],
        "history": [
            {**_trail.data(e), "values": {k: [*map(_clean, v)] for k, v in e.values.items()}}
            for e in made.history
        ],
        "opened": [_trail.data(event) for event in made.opened],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _clean(value: Any) -> Any:  # noqa: ANN401 - any cell
    return safe(value, multiline=True) if isinstance(value, str) else value

"""`finsam init`: a new, encrypted register; asked for by prompt, or all by option for scripts."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands._register import ask_secret, register_path
from finsam_tui.errors import InputError, UsageError
from finsam_tui.forms import catalogue
from finsam_tui.forms.codes import Codes, default_codes
from finsam_tui.forms.field import Context
from finsam_tui.storage.founding import Foundation, add_paper, check_free, found, twin
from finsam_tui.storage.keys import Ring

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.forms.field import Values

SERVICE = "init"  # the name of the key slot that a script makes
# Options that hold a record: form → (flag, its parts, the fields they are).
RECORDS = {
    "municipality": ("--municipality", "KOD:NAMN:ANDEL", ("id", "name", "share")),
    "programme": ("--programme", "ID:NAMN:MÅNADER:MAXTID", ("id", "name", "months", "max_months")),
    "staff": ("--staff", "ID:NAMN:ROLL", ("id", "name", "role")),
}


def configure(parser: Parser) -> None:
    """Add what a script answers instead of a person."""
    parser.add_argument(
        "--no-input",
        action="store_true",
        help="fråga inget; --association, --key-file och --recovery-file behövs då",
    )
    parser.add_argument("--association", metavar="NAMN", help="förbundets namn")
    parser.add_argument("--county", metavar="LÄN", help="förbundets län")
    for flag, parts, _ in RECORDS.values():
        parser.add_argument(
            flag, action="append", default=[], metavar=parts, help="får anges flera gånger"
        )
    parser.add_argument(
        "--screening-answers",
        choices=("ja", "nej"),
        help="om våldsscreeningens svar sparas fråga för fråga, eller bara utfallet; annars ja",
    )
    parser.add_argument(
        "--recovery-file",
        metavar="NY",
        type=Path,
        help="ny fil för återställningskoden; --key-file är en ny fil för skriptets nyckel",
    )


def run(args: argparse.Namespace) -> int:
    """Make the register and tell where; raises UsageError where nobody can be asked."""
    path = register_path(args)
    if args.no_input:
        _by_option(args, path)
    else:
        _by_prompt(args, path)
    print(f"Registret är klart: {path}")
    return 0


def _by_prompt(args: argparse.Namespace, path: Path) -> None:
    given = [args.association, args.county, args.key_file, args.recovery_file]
    if any((*given, args.screening_answers)) or any(getattr(args, form) for form in RECORDS):
        raise UsageError("svar som flaggor gäller bara med --no-input; lägg till den.")
    if not sys.stdin.isatty():
        raise UsageError("ingen terminal att fråga i; ange --no-input och svaren som flaggor.")
    check_free(path)
    from finsam_tui.prompts import init, passphrases
    from finsam_tui.prompts.lines import conversation

    lines = conversation(os.environ)
    try:
        foundation = init.interview(lines, _context())
        unseen = partial(ask_secret, option="--no-input")
        passphrase = passphrases.new_passphrase(lines, unseen)
        ring = Ring.new()
        user = ring.add_person(str(foundation.staff[0]["name"]), passphrase).name
        passphrases.prove_code(lines, ring.add_recovery())
    except EOFError:
        raise KeyboardInterrupt from None
    found(path, ring, user, foundation, datetime.now())  # noqa: DTZ005 - dates are local


def _by_option(args: argparse.Namespace, path: Path) -> None:
    needed = {
        "--association": args.association,
        "--key-file": args.key_file,
        "--recovery-file": args.recovery_file,
    }
    missing = [flag for flag, value in needed.items() if not value]
    if missing:
        raise UsageError(f"{', '.join(missing)} saknas; utan frågor behövs {', '.join(needed)}.")
    foundation = _foundation(args)
    key_file = Path(args.key_file)
    check_free(path, key_file, args.recovery_file)
    ring = Ring.new()
    try:
        ring.add_service(SERVICE, key_file)
        add_paper(ring, args.recovery_file)
        found(path, ring, SERVICE, foundation, datetime.now())  # noqa: DTZ005 - dates are local
    except BaseException:
        ring.undo()
        raise


def _foundation(args: argparse.Namespace) -> Foundation:
    """Return what the options say; raises UsageError for their shape, InputError for values."""
    raws = {"name": args.association, "county": args.county or ""}
    lists = {form: _records(form, getattr(args, form)) for form in RECORDS}
    return Foundation(
        _values("association", raws, "--association"),
        lists["municipality"],
        lists["programme"],
        lists["staff"],
        answers=args.screening_answers != "nej",
    )


def _records(form: str, texts: Sequence[str]) -> tuple[Values, ...]:
    flag, parts, fields = RECORDS[form]
    found: list[Values] = []
    for place, text in enumerate(texts, start=1):
        given = text.split(":")
        where = f"{flag} nummer {place}" if len(texts) > 1 else flag
        if not 1 < len(given) <= len(fields):
            raise UsageError(f"{where} ska skrivas {parts}, med kolon emellan.")
        values = _values(form, dict(zip(fields, given, strict=False)), where)
        field = twin(form, values, found)
        if field:
            label = catalogue.form(form).by_name[field].label
            raise InputError(f"{where}: {label} finns redan; ge den ett annat.")
        found.append(values)
    return tuple(found)


def _values(form: str, raws: dict[str, str], where: str) -> Values:
    """Return the values of a form; where a part is empty, its default stands."""
    context = _context()
    declared = catalogue.form(form)
    given = {name: raw for name, raw in raws.items() if raw.strip()}
    reading = declared.read({**declared.defaults(context), **given}, context)
    if reading.faults:
        fault = reading.faults[0]
        raise InputError(f"{where}, {declared.by_name[fault.field].label}: {fault.message}")
    return reading.values


def _context() -> Context:
    now = datetime.now()  # noqa: DTZ005 - dates are local
    return Context(Codes(default_codes()), now.date(), now)

"""`finsam export`: the register's tables in the exchange format, into a folder or a workbook.

What was written goes to stdout, a line a table; what the user's rights left out, to stderr.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands._register import open_register
from finsam_tui.commands._signals import ended_by_signals
from finsam_tui.errors import UsageError
from finsam_tui.text import number

if TYPE_CHECKING:
    import argparse

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.register import Register

PLAINTEXT = "Det som skrevs är inte krypterat; lämna det inte kvar i onödan."
HEADINGS = ("tabell", "rader")
# What a folder is not called, and nothing else is written.
_OTHERS = {".csv", ".json", ".ods", ".txt", ".xls", ".xlsm", ".zip"}


def configure(parser: Parser) -> None:
    """Add where to, and whether people leave with it."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="SÖKVÄG",
        help="en ny katalog för CSV-filer, eller en ny arbetsbok som slutar på .xlsx",
    )
    parser.add_argument(
        "--anonymous",
        action="store_true",
        help="utan personer: raderna går att räkna, men inget säger vem de gäller",
    )
    parser.add_argument("--force", action="store_true", help="ersätt en export som redan finns där")


def run(args: argparse.Namespace) -> int:
    """Write the tables and tell; raises UsageError, NotAllowed or CopyError, nothing written."""
    from finsam_tui.exchange.export_files import refuse_existing

    path = args.path.expanduser().absolute()
    if path.suffix.lower() in _OTHERS:
        raise UsageError("ange en katalog, eller en fil som slutar på .xlsx.")
    refuse_existing(path, force=args.force)
    with ended_by_signals(), open_register(args) as register:
        rows, left_out = _export(register, path, anonymous=args.anonymous)
    width = max(map(len, (HEADINGS[0], *rows)))
    for name, count in {HEADINGS[0]: HEADINGS[1], **rows}.items():
        print(f"{name:{width}}  {count:>9}")
    for told in (*left_out, PLAINTEXT):
        print(told, file=sys.stderr)
    return 0


def _export(register: Register, path: Path, *, anonymous: bool) -> tuple[dict[str, str], list[str]]:
    """Return how many rows each table has, and what has been left out."""
    from finsam_tui.exchange import export_files
    from finsam_tui.exchange.export_anonymous import Anonymous
    from finsam_tui.exchange.export_sieve import Sieve
    from finsam_tui.exchange.exporting import AsTheyAre, sheets
    from finsam_tui.storage import export_rights
    from finsam_tui.storage.access_log import log_access

    export_rights.refuse(register, anonymous=anonymous)
    workbook = export_files.is_workbook(path)
    detail = f"export {'xlsx' if workbook else 'csv'}{' --anonymous' if anonymous else ''}"
    log_access(register, "export", detail=detail)  # first: nothing is on disk that nobody knows of
    opened = export_files.workbook if workbook else export_files.folder
    with register.one_state(), opened(path) as put:
        sieve = Sieve(register, everybody=anonymous)
        manner = Anonymous(register.conn) if anonymous else AsTheyAre(register.conn)
        rows = {sheet.name: number(put(sheet)) for sheet in sheets(register, manner, sieve)}
    return rows, sieve.told()

"""`finsam export`: the register's tables in the exchange format, into a folder or a workbook.

Or the violence screenings of a period for the national compilation, into one table. What was
written goes to stdout, a line a table; what was left out, and what to take care of, to stderr.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands import _period
from finsam_tui.commands._register import open_register
from finsam_tui.commands._signals import ended_by_signals
from finsam_tui.errors import UsageError
from finsam_tui.text import number, plural

if TYPE_CHECKING:
    import argparse

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.domain.periods import Period
    from finsam_tui.storage.register import Register

PLAINTEXT = "Det som skrevs är inte krypterat; lämna det inte kvar i onödan."
HEADINGS = ("tabell", "rader")
FEW = (
    "{} av {} gäller en månad och ett kön som har färre än {}: den som känner förbundet kan förstå "
    "vem någon är."
)
UNTOLD = (
    "Svaren om vad någon har gjort mot andra, och om något svar var ja, är inte med: de visas bara "
    "för deltagarens egen coach. Ska de lämnas ut, ange --inflicted."
)
# What a folder is not called, and nothing else is written.
_OTHERS = {".csv", ".json", ".ods", ".txt", ".xls", ".xlsm", ".zip"}


def configure(parser: Parser) -> None:
    """Add what, and where to, and whether people leave with it."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="SÖKVÄG",
        help="en ny katalog för CSV-filer, eller en ny arbetsbok som slutar på .xlsx; med "
        "--screenings en ny fil som slutar på .csv eller .xlsx",
    )
    parser.add_argument(
        "--anonymous",
        action="store_true",
        help="utan personer: raderna går att räkna, men inget säger vem de gäller",
    )
    parser.add_argument("--force", action="store_true", help="ersätt en export som redan finns där")
    group = parser.add_argument_group("till den nationella sammanställningen")
    group.add_argument(
        "--screenings",
        action="store_true",
        help="bara våldsscreeningarna av dem som började i perioden, en rad var: månad, kön, svar "
        "och utfall, inget om vem (kolumnerna står i handboken)",
    )
    _period.configure(group)
    group.add_argument(
        "--inflicted",
        action="store_true",
        help="också svaren om vad någon har gjort mot andra, och om något svar var ja",
    )


def run(args: argparse.Namespace) -> int:
    """Write the tables and tell; raises UsageError, NotAllowed or CopyError, nothing written."""
    from finsam_tui.exchange.export_files import refuse_existing

    path = args.path.expanduser().absolute()
    _refuse_odd(args, path)
    period = _period.period(args, date.today())  # noqa: DTZ011 - dates are local, as the team's
    refuse_existing(path, force=args.force)
    with ended_by_signals(), open_register(args) as register:
        if args.screenings:
            rows, told = _screenings(register, path, period, inflicted=args.inflicted)
        else:
            rows, told = _export(register, path, anonymous=args.anonymous)
    width = max(map(len, (HEADINGS[0], *rows)))
    for name, count in {HEADINGS[0]: HEADINGS[1], **rows}.items():
        print(f"{name:{width}}  {count:>9}")
    for line in (*told, PLAINTEXT):
        print(line, file=sys.stderr)
    return 0


def _refuse_odd(args: argparse.Namespace, path: Path) -> None:
    """Raise UsageError for what does not go together."""
    from finsam_tui.exchange.export_files import is_csv, is_workbook

    if args.screenings:
        if args.anonymous:
            raise UsageError("--screenings är redan utan personer; ta bort --anonymous.")
        if not (is_csv(path) or is_workbook(path)):
            raise UsageError("ange en fil som slutar på .csv eller .xlsx.")
        return
    if args.inflicted or _period.asked(args):
        raise UsageError("--year, --from, --to och --inflicted hör till --screenings.")
    if path.suffix.lower() in _OTHERS:
        raise UsageError("ange en katalog, eller en fil som slutar på .xlsx.")


def _screenings(
    register: Register, path: Path, period: Period, *, inflicted: bool
) -> tuple[dict[str, str], list[str]]:
    """Return how many rows there are, and what is to be told of them."""
    from finsam_tui.exchange import export_files, screenings
    from finsam_tui.report.hiding import EXTERNAL
    from finsam_tui.storage import export_rights

    export_rights.refuse_compilation(register)
    asked = ("--screenings", *(["--inflicted"] if inflicted else []))
    workbook = _noted(register, path, *asked, f"{period.first}–{period.last}")
    with register.one_state(room=False):
        made = screenings.compiled(register, period, inflicted=inflicted)
    opened = export_files.workbook if workbook else export_files.csv_file
    with opened(path) as put:
        rows = {screenings.NAME: number(put(made.sheet))}
    few, all_ = made.few(EXTERNAL), plural(len(made.rows), "rad", "rader")
    told = [FEW.format(number(few), all_, EXTERNAL)] if few else []
    return rows, told if inflicted else [UNTOLD, *told]


def _export(register: Register, path: Path, *, anonymous: bool) -> tuple[dict[str, str], list[str]]:
    """Return how many rows each table has, and what has been left out."""
    from finsam_tui.exchange import export_files
    from finsam_tui.exchange.export_anonymous import Anonymous
    from finsam_tui.exchange.export_sieve import Sieve
    from finsam_tui.exchange.exporting import AsTheyAre, sheets
    from finsam_tui.storage import export_rights

    export_rights.refuse(register, anonymous=anonymous)
    workbook = _noted(register, path, *(["--anonymous"] if anonymous else []))
    opened = export_files.workbook if workbook else export_files.folder
    with register.one_state(room=False), opened(path) as put:
        sieve = Sieve(register, everybody=anonymous)
        manner = Anonymous(register.conn) if anonymous else AsTheyAre(register.conn)
        rows = {sheet.name: number(put(sheet)) for sheet in sheets(register, manner, sieve)}
    return rows, sieve.told()


def _noted(register: Register, path: Path, *asked: str) -> bool:
    """Note the export before there is anything on disk; return whether it is a workbook."""
    from finsam_tui.exchange.export_files import is_workbook
    from finsam_tui.storage.access_log import log_access

    workbook = is_workbook(path)
    log_access(
        register, "export", detail=" ".join(("export", "xlsx" if workbook else "csv", *asked))
    )
    return workbook

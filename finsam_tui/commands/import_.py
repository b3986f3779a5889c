"""`finsam import`: reads files and workbooks of the exchange format in, all or nothing.

What became of each table goes to stdout, faults to stderr.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands._register import open_register
from finsam_tui.errors import InputError
from finsam_tui.exchange.importing import import_files
from finsam_tui.text import number, plural

if TYPE_CHECKING:
    import argparse

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.exchange.faults import Faults
    from finsam_tui.exchange.importing import Report

HEADINGS = ("tabell", "rader", "nya", "ändrade", "oförändrade", "borttagna")


def configure(parser: Parser) -> None:
    """Add the files and how strictly they are read."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="SÖKVÄG",
        help="en katalog med CSV-filer, enskilda filer, som deltagare.csv, eller en arbetsbok, "
        ".xlsx, med ett blad per tabell",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="visa vad som skulle hända, ändra ingenting"
    )
    parser.add_argument(
        "--ignore-unknown", action="store_true", help="hoppa över okända filer, blad och kolumner"
    )


def run(args: argparse.Namespace) -> int:
    """Import and tell; raises InputError where something in the files is faulty."""
    with open_register(args) as register:
        report = import_files(
            register,
            args.paths,
            now=datetime.now(),  # noqa: DTZ005 - dates are local, as the team writes them
            dry_run=args.dry_run,
            ignore_unknown=args.ignore_unknown,
        )
    faults = report.faults
    if not faults.count or args.dry_run:
        print("\n".join(told(report, dry_run=args.dry_run)))
    for line in listed(faults):
        print(line, file=sys.stderr)
    if faults.count and not args.dry_run:
        held = len({fault.file for fault in faults.shown})
        where = (
            f" i {plural(held, 'tabell', 'tabeller')}" if len(faults.shown) == faults.count else ""
        )
        raise InputError(
            f"{number(faults.count)} fel{where}; ingenting har ändrats. Rätta och läs in igen."
        )
    return 1 if faults.count else 0


def told(report: Report, *, dry_run: bool) -> list[str]:
    """Return the lines that say what was done, or would be."""
    rows = [
        (t.table, *map(number, (t.rows, t.new, t.changed, t.unchanged, t.removed)))
        for t in report.tallies
    ]
    widths = [max(map(len, column)) for column in zip(HEADINGS, *rows, strict=True)]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        )
        for row in (HEADINGS, *rows)
    ]
    if report.scheduled:
        calls = number(report.scheduled)
        lines.append(f"Uppföljningssamtal planerade, flyttade eller borttagna: {calls}.")
    lines += [f"Hoppade över: {name}." for name in report.passed]
    if report.questions.count:
        lines.append("Att se över (inläst som det står):")
        lines += listed(report.questions)
    if dry_run:
        lines.append("Provkörning: ingenting har ändrats.")
    return lines


def listed(faults: Faults) -> list[str]:
    """Return a line for each fault that was kept, and how many more there are."""
    lines = [str(fault) for fault in faults.shown]
    if faults.count > len(lines):
        lines.append(f"… och {number(faults.count - len(lines))} till.")
    return lines

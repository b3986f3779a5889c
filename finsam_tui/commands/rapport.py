"""`finsam rapport`: a report of the register, on the screen, to a pipe or into a file."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.domain import periods
from finsam_tui.errors import FieldError, UsageError
from finsam_tui.report import catalogue, filters
from finsam_tui.report.render.plain import PAPER

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.domain.periods import Period
    from finsam_tui.report import Report
    from finsam_tui.storage.register import Register

WIDEST, NARROWEST = 100, 40

_OPTIONS = (
    ("--year", "ÅR", "kalenderåret; annars det här året hittills"),
    ("--from", "DATUM", "periodens första dag"),
    ("--to", "DATUM", "periodens sista dag"),
    ("--programme", "INSATS", "bara den insatsen, med id eller namn"),
    ("--municipality", "KOMMUN", "bara boende där, med kod eller namn; saknas: utan kommun"),
    ("--coach", "COACH", "bara den coachens, med id eller namn; saknas: utan coach"),
    ("--sex", "KÖN", "kvinna, man, annat eller okänt"),
)


def configure(parser: Parser) -> None:
    """Add which report, what it is about, and where it goes."""
    parser.add_argument(
        "what",
        nargs="*",
        metavar="RAPPORT [AVSNITT]",
        help="rapporten (annars oversikt), och de avsnitt av den som ska med (annars alla)",
    )
    for flag, value, text in _OPTIONS:
        parser.add_argument(flag, metavar=value, help=text)
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="annars text",
    )
    parser.add_argument("-o", "--output", metavar="FIL", type=Path, help="skriv till en ny fil")
    parser.add_argument("--force", action="store_true", help="skriv över filen om den finns")
    parser.add_argument("--list", action="store_true", help="visa rapporterna och deras avsnitt")


def run(args: argparse.Namespace) -> int:
    """Print the report; raises UsageError for what is not there to ask for."""
    if args.list:
        print(listed(), end="")
        return 0
    report_id, sections = _chosen(args.what)
    today = date.today()  # noqa: DTZ011 - dates are local, as the team writes them
    period = _period(args, today)
    _refuse_existing(args.output, force=args.force)

    from finsam_tui import report
    from finsam_tui.commands._register import open_register

    with open_register(args) as register:
        found = _filters(args, register)
        made = report.build(register, report_id, period, found, today=today, sections=sections)
    _put(made, args)
    return 0


def listed() -> str:
    """Return the reports with their sections, a line each."""
    lines = []
    for report_id, entry in catalogue.REPORTS.items():
        lines.append(f"{report_id:<16}{entry.title}")
        lines += [f"  {id:<18}{maker.TITLE}" for id, maker in entry.makers().items()]
    return "".join(f"{line}\n" for line in lines)


def columns(env: Mapping[str, str], terminal: int | None) -> int:
    """Return how wide the paper is; `terminal` is the width of the one at stdout, if it is one."""
    asked = env.get("COLUMNS", "")
    width = int(asked) if asked.isdecimal() and int(asked) else terminal or PAPER
    return max(NARROWEST, min(width, WIDEST))


def in_colour(env: Mapping[str, str], terminal: int | None) -> bool:
    """Return whether stdout is a terminal whose user has not turned colours off."""
    return terminal is not None and not env.get("NO_COLOR") and env.get("TERM") != "dumb"


def _chosen(what: list[str]) -> tuple[str, list[str]]:
    """Return the id of the report and those of its sections that `what` names."""
    report_id = what[0] if what else catalogue.DEFAULT
    if report_id not in catalogue.REPORTS:
        near = filters.hint(report_id, list(catalogue.REPORTS))
        raise UsageError(f"rapporten finns inte. {near} finsam rapport --list visar alla.")
    known = catalogue.REPORTS[report_id].ids
    for section in what[1:]:
        if section not in known:
            raise UsageError(
                f"avsnittet finns inte i {report_id}. {filters.hint(section, list(known))}"
            )
    return report_id, what[1:]


def _period(args: argparse.Namespace, today: date) -> Period:
    try:
        return periods.parse(args.year, getattr(args, "from"), args.to, today)
    except FieldError as error:
        told = str(error)
        raise UsageError(told[:1].lower() + told[1:]) from None


def _filters(args: argparse.Namespace, register: Register) -> filters.Filters:
    asked = {name: text for name in filters.LISTS if (text := getattr(args, name)) is not None}
    return filters.Filters(
        **{name: filters.find(register.codes, name, text) for name, text in asked.items()}
    )


def _refuse_existing(output: Path | None, *, force: bool) -> None:
    if output is not None and output.exists() and not force:
        raise UsageError(f"{output} finns redan; välj ett annat namn, eller ange --force.")


def _put(made: Report, args: argparse.Namespace) -> None:
    """Write the report to stdout, or whole to the file asked for, for its owner only."""
    from finsam_tui import report
    from finsam_tui.report import output

    if args.output:
        output.write(made, args.output, as_json=args.format == "json")
    elif args.format == "json":
        sys.stdout.write(report.render_json(made))
    else:
        env, terminal = os.environ, _terminal()
        text = report.render_text(made, columns(env, terminal), colour=in_colour(env, terminal))
        sys.stdout.write(text)


def _terminal() -> int | None:
    """Return the width of the terminal at stdout (0 where it does not say); None for a pipe."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return 0

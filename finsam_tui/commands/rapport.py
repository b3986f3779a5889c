"""`finsam rapport`: a report of the register, on the screen, to a pipe or into a file."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands import _period
from finsam_tui.commands._arguments import parsed
from finsam_tui.errors import UsageError
from finsam_tui.report import bands, catalogue, filters
from finsam_tui.report.render import formats
from finsam_tui.report.scope import OPTIONS
from finsam_tui.text import safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.domain.periods import Period
    from finsam_tui.report import Report
    from finsam_tui.report.render.formats import Format
    from finsam_tui.report.scope import Options
    from finsam_tui.storage.register import Register

WIDEST, NARROWEST = 100, 40
SMALL, LARGEST = 5, 99  # the least count shown to those outside, and the largest one to ask for
_NAMES = 28  # columns for a name in the list
PERSONAL = "personlista"

_OPTIONS = (
    ("--programme", "INSATS", "bara den insatsen, med id eller namn"),
    ("--municipality", "KOMMUN", "bara boende där, med kod eller namn; saknas: utan kommun"),
    ("--coach", "COACH", "bara den coachens, med id eller namn; saknas: utan coach"),
    ("--sex", "KÖN", "kvinna, man, annat eller okänt"),
    ("--age-bands", "ÅLDRAR", "åldersgrupper, som 15-29,30-44,60-"),
    ("--month-bands", "ANTAL", "månader per grupp i tid i insats, som 5"),
    ("--suppress", "ANTAL", "dölj antal som är mindre, och det de går att räkna ut ur"),
)


def configure(parser: Parser) -> None:
    """Add which report, what it is about, and where it goes."""
    parser.add_argument(
        "what",
        nargs="*",
        metavar="RAPPORT [AVSNITT]",
        help="rapporten (annars oversikt), och de avsnitt av den som ska med (annars alla)",
    )
    _period.configure(parser)
    for flag, value, text in _OPTIONS:
        parser.add_argument(flag, metavar=value, help=text)
    parser.add_argument(
        "--external",
        action="store_true",
        help=f"för läsare utanför: --suppress {SMALL} om inget annat anges, inga ärenden för sig",
    )
    parser.add_argument(
        "--format", choices=tuple(formats.FORMATS), help="annars som filen slutar, eller text"
    )
    parser.add_argument("-o", "--output", metavar="FIL", type=Path, help="skriv till en ny fil")
    parser.add_argument("--force", action="store_true", help="skriv över filen om den finns")
    parser.add_argument(
        "--edit",
        action="store_true",
        help="skriv årets texter till rapporten, eller till avsnitten, i redigeraren i EDITOR",
    )
    parser.add_argument(
        "--list", action="store_true", help="visa rapporterna, deras avsnitt och formaten"
    )


def run(args: argparse.Namespace) -> int:
    """Print the report; raises UsageError for what is not there to ask for."""
    if args.list:
        print(listed(), end="")
        return 0
    report_id, sections = _chosen(args.what)
    today = date.today()  # noqa: DTZ011 - dates are local, as the team writes them
    period = _period.period(args, today)
    if args.edit:
        return _edit(args, report_id, sections, period)
    options = _options(args)
    least = _least(args, report_id)
    form = _format(args)
    _refuse_existing(args.output, force=args.force)

    from finsam_tui import report
    from finsam_tui.commands._register import open_register
    from finsam_tui.storage.access_log import log_access

    with open_register(args) as register:
        found = _filters(args, register)

        def make(sections: list[str]) -> Report:
            made = report.build(
                *(register, report_id, period, found),
                today=today,
                sections=sections,
                options=options,
            )
            return _hidden(made, least)

        made = make(sections)
        if form == "svg":
            _refuse_without_charts(made, lambda: make([]))
        asked = f"{report_id} {period.first}–{period.last} {form}"
        log_access(register, "export" if args.output else "report", detail=asked)
    _put(made, formats.FORMATS[form], args.output)
    return 0


def _edit(args: argparse.Namespace, report_id: str, sections: list[str], period: Period) -> int:
    """Let the texts of the sections be written, and tell what was saved."""
    from finsam_tui.commands import _texts
    from finsam_tui.commands._register import open_register

    parts = _texts.parts_of(report_id, sections)
    with open_register(args) as register:
        programme = _filters(args, register).programme
        print(_texts.edit(register, _texts.Texts(parts, period.last.year, programme)))
    return 0


def listed() -> str:
    """Return the reports with their sections, and the formats, a line each."""
    lines = []
    for report_id, entry in catalogue.REPORTS.items():
        lines.append(f"{report_id:<{_NAMES}}{entry.title}")
        lines += [f"  {id:<{_NAMES}}{maker.TITLE}" for id, maker in entry.makers().items()]
    lines.append(f"{'--format':<{_NAMES}}Format, eller ändelsen på filen i -o")
    lines += [f"  {name:<{_NAMES}}{f.title} ({f.suffix})" for name, f in formats.FORMATS.items()]
    return "".join(f"{line}\n" for line in lines)


def columns(env: Mapping[str, str], terminal: int | None) -> int:
    """Return how wide the paper is; `terminal` is the width of the one at stdout, if it is one."""
    from finsam_tui.report.render.plain import PAPER

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
            raise UsageError(f"avsnittet finns inte i {report_id}. {_where(section, known)}")
    return report_id, what[1:]


def _where(section: str, known: tuple[str, ...]) -> str:
    """Return which reports have a section, or which of those `known` may have been meant."""
    others = [report_id for report_id, entry in catalogue.REPORTS.items() if section in entry.ids]
    if others:
        return f"Det finns i {' och '.join(others)}."
    return filters.hint(section, list(known))


def _options(args: argparse.Namespace) -> Options:
    options = OPTIONS
    if args.age_bands is not None:
        options = options._replace(age_bands=parsed(lambda: bands.age_bands(args.age_bands)))
    if args.month_bands is not None:
        options = options._replace(month_band=parsed(lambda: bands.month_band(args.month_bands)))
    return options


def _least(args: argparse.Namespace, report_id: str) -> int:
    """Return the least count that is shown, 0 where all are."""
    if args.external and report_id == PERSONAL:
        raise UsageError(f"{PERSONAL} pekar ut personer och lämnas inte ut med --external.")
    asked = args.suppress
    if asked is None:
        return SMALL if args.external else 0
    if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked) <= LARGEST):
        raise UsageError(f"--suppress ska vara ett heltal från 1 till {LARGEST}.")
    return int(asked)


def _hidden(made: Report, least: int) -> Report:
    """Return a report without the counts under `least`; with them all where that is 0."""
    if not least:
        return made
    from finsam_tui.report.hiding import hide

    return hide(made, least)


def _format(args: argparse.Namespace) -> str:
    """Return which format is meant; raises UsageError for one that a terminal cannot show."""
    name: str | None = args.format
    if name is None:
        name = formats.by_suffix(args.output.suffix) if args.output else formats.DEFAULT
    if name is None:
        raise UsageError("filens ändelse är inget format; välj ett med --format.")
    if formats.FORMATS[name].binary and not args.output and sys.stdout.isatty():
        raise UsageError(f"{name} går inte att visa i en terminal; ange en fil med -o.")
    return name


def _filters(args: argparse.Namespace, register: Register) -> filters.Filters:
    asked = {name: text for name in filters.LISTS if (text := getattr(args, name)) is not None}
    return filters.Filters(
        **{name: filters.find(register.codes, name, text) for name, text in asked.items()}
    )


def _refuse_existing(output: Path | None, *, force: bool) -> None:
    if output is not None and output.exists() and not force:
        raise UsageError(f"{output} finns redan; välj ett annat namn, eller ange --force.")


def _refuse_without_charts(made: Report, make_whole: Callable[[], Report]) -> None:
    """Raise UsageError where there is nothing to draw, naming the sections that have charts."""
    from finsam_tui.report.render.as_svg import with_charts

    if with_charts(made):
        return
    ids = ", ".join(with_charts(make_whole()))
    told = f"det finns i {ids}" if ids else f"rapporten {made.id} har inga diagram att rita"
    raise UsageError(f"här finns inget diagram att rita; {told}.")


def _put(made: Report, form: Format, output: Path | None) -> None:
    """Write the report to stdout, or whole to the file asked for, for its owner only."""
    if output:
        from finsam_tui.report import output as files

        files.write(made, output, form)
        if sys.stderr.isatty():
            print(f"Sparad i {safe(str(output))}. {files.PLAINTEXT}", file=sys.stderr)
    elif form is formats.FORMATS["text"]:
        sys.stdout.write(_page(made))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(form.content(made))


def _page(made: Report) -> str:
    """Return the report as text fit for stdout: in pages but for a terminal, in its coding."""
    from finsam_tui.report.render import plain

    env, terminal = os.environ, _terminal()
    width = columns(env, terminal)
    if terminal is None:
        text = plain.render_pages(made, width)
    else:
        text = plain.render_text(made, width, colour=in_colour(env, terminal))
    return plain.coded(text, sys.stdout.encoding)


def _terminal() -> int | None:
    """Return the width of the terminal at stdout (0 where it does not say); None for a pipe."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return 0

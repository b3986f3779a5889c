"""`finsam kontroll`: whether the register and its logs are whole, what is missing, what sums part.

For the nightly job, too: the exit status says whether somebody has to look, and participants are
counted but never named.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from finsam_tui.commands import _logs
from finsam_tui.commands._register import open_register
from finsam_tui.domain import periods
from finsam_tui.errors import FieldError, UsageError
from finsam_tui.text import number, plural, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.domain.periods import Period
    from finsam_tui.report.model import Parting
    from finsam_tui.storage.integrity import Integrity
    from finsam_tui.storage.log_check import Checked
    from finsam_tui.storage.register import Register

WIDTH = 80
_EVERYTHING = 10**9  # as many gaps as there are
_NOBODYS = "utan coach"

# Kind of today's list → (the key of the gap, what is missing).
_GAPS = {
    "gap_screening": ("screening", "Utan våldsscreening"),
    "gap_ors_start": ("ors_start", "Utan ORS vid start"),
    "gap_ors_closure": ("ors_closure", "Utan ORS vid avslut"),
    "gap_plan": ("plan", "Utan aktuell plan"),
    "call_overdue": ("overdue", "Försenade uppföljningar"),
    "time_limit": ("time_limit", "Över insatsens längsta tid"),
}


class Gap(NamedTuple):
    """Something missing: how many lack it, by the coach they have (None: none)."""

    key: str
    title: str
    coaches: Counter[str | None]


class Sum(NamedTuple):
    """Two figures that should agree, and where: a year's report and its section."""

    year: int
    report: str
    section: str
    parting: Parting


class Findings(NamedTuple):
    """All that a control looks for."""

    association: str
    today: date
    integrity: Integrity
    log: Checked
    gaps: tuple[Gap, ...]
    sums: tuple[Sum, ...]

    @property
    def in_order(self) -> bool:
        """Whether there is nothing for anybody to look at."""
        whole = self.integrity.whole and self.log.whole
        return whole and not self.sums and not any(g.coaches for g in self.gaps)


def configure(parser: Parser) -> None:
    """Add which years' sums are looked at, and how it is told."""
    parser.add_argument(
        "--year", metavar="ÅR", help="bara det årets summor; annars det här årets och förra årets"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="annars text")


def run(args: argparse.Namespace) -> int:
    """Tell what is found; 1 if there is something to look at, RegisterError if it is damaged."""
    now = datetime.now()  # noqa: DTZ005 - as the team's clock
    years = _years(args.year, now.date())
    with open_register(args) as register:
        found = _findings(register, years, now)
    sys.stdout.write(_as_json(found) if args.format == "json" else _as_text(found))
    return 0 if found.in_order else 1


def _years(year: str | None, today: date) -> tuple[Period, ...]:
    """Return the year asked for, else this one and the last; raises UsageError."""
    try:
        period = periods.parse(year, None, None, today)
    except FieldError as error:
        raise UsageError(str(error)[:1].lower() + str(error)[1:]) from None
    return (period,) if year else (period.beside(-1), period)


def _findings(register: Register, years: Sequence[Period], now: datetime) -> Findings:
    from finsam_tui.storage import integrity, log_check

    whole = integrity.check(register)  # first: what is damaged cannot be counted
    return Findings(
        association=register.one("report_register")["name"] or "",
        today=now.date(),
        integrity=whole,
        log=log_check.check(register),
        gaps=_gaps(register, now),
        sums=tuple(_sums(register, years, now.date())),
    )


def _gaps(register: Register, now: datetime) -> tuple[Gap, ...]:
    """Return every kind of gap; a limit that is to come is none yet."""
    from finsam_tui.storage.today import today

    coaches: dict[str, Counter[str | None]] = {kind: Counter() for kind in _GAPS}
    for item in today(register, now, limit=_EVERYTHING, counted=True).items:
        if item.kind in coaches and item.overdue:
            coaches[item.kind][item.coach] += 1
    return tuple(Gap(key, title, coaches[kind]) for kind, (key, title) in _GAPS.items())


def _sums(register: Register, years: Sequence[Period], today: date) -> Iterator[Sum]:
    """Yield the warnings of every section of every report, each once a year."""
    from finsam_tui.report import build, catalogue

    for year in years:
        told: set[Parting] = set()
        for report_id in catalogue.REPORTS:
            for section in build(register, report_id, year, today=today).sections:
                for parting in section.warnings:
                    if parting not in told:
                        told.add(parting)
                        yield Sum(year.last.year, report_id, section.id, parting)


def _as_text(found: Findings) -> str:
    lines = [f"{found.association or 'Registret'}, {found.today.isoformat()}", ""]
    lines += [*_integrity_lines(found.integrity), *_log_lines(found.log), ""]
    lines += [*_gap_lines(found.gaps), ""]
    lines += _sum_lines(found.sums)
    return "".join(f"{safe(line)}\n" for line in lines)


def _integrity_lines(integrity: Integrity) -> Iterator[str]:
    if integrity.whole:
        yield "Registret är helt."
    for table, count in integrity.broken.items():
        yield f"Tabellen {table}: {plural(count, 'rad', 'rader')} hör till något som inte finns."
    if integrity.unaudited:
        yield from _wrapped(f"Spårning saknas, bara läsning: {', '.join(integrity.unaudited)}.")
    if not integrity.whole:
        yield "Lägg tillbaka den senaste säkerhetskopian."


def _log_lines(log: Checked) -> Iterator[str]:
    for line in _logs.lines(log):
        yield from _wrapped(line, "    ")


def _gap_lines(gaps: Sequence[Gap]) -> Iterator[str]:
    yield "Luckor"
    for gap in gaps:
        yield from _wrapped(f"  {gap.title}: {_whose(gap.coaches)}", "    ")


def _whose(coaches: Counter[str | None]) -> str:
    """Return "3 (Anna Coach 2, utan coach 1)"."""
    if not coaches:
        return "inga"
    told = ", ".join(f"{coach or _NOBODYS} {number(n)}" for coach, n in coaches.most_common())
    return f"{number(coaches.total())} ({told})"


def _sum_lines(sums: Sequence[Sum]) -> Iterator[str]:
    from finsam_tui.report.telling import warning

    yield "Summor som går isär" if sums else "Inga summor går isär."
    for each in sums:
        where = f"{each.year} {each.report} {each.section}"
        yield from _wrapped(f"  {where}: {warning(each.parting)}", "    ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    import textwrap

    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def _as_json(found: Findings) -> str:
    import json

    return json.dumps(_data(found), ensure_ascii=False, indent=1) + "\n"


def _data(found: Findings) -> dict[str, Any]:
    from finsam_tui.report.telling import warning

    return {
        "association": safe(found.association),
        "date": found.today.isoformat(),
        "integrity": {
            "broken": dict(found.integrity.broken),
            "unaudited": list(found.integrity.unaudited),
            "log": _logs.data(found.log),
        },
        "gaps": [
            {
                "gap": gap.key,
                "title": gap.title,
                "count": gap.coaches.total(),
                "coaches": [
                    {"coach": coach and safe(coach), "count": count}
                    for coach, count in gap.coaches.most_common()
                ],
            }
            for gap in found.gaps
        ],
        "sums": [
            {
                "year": each.year,
                "report": each.report,
                "section": each.section,
                "figures": [each.parting.figure, each.parting.other],
                "rules": [safe(each.parting.rule), safe(each.parting.other_rule)],
                "text": safe(warning(each.parting)),
            }
            for each in found.sums
        ],
    }

"""Writes enrolments, with what SUS asked of them, as tables of the exchange format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.report.seeds.mal_files import take_in, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from finsam_tui.storage.register import Register

NOBODY = ("", "")


@dataclass(frozen=True)
class Enrolment:
    """One person's only enrolment; livelihood and occupation are of (start, closure)."""

    sex: str
    start: date
    end: date | None = None
    programme: str = "P"
    registration: str = "person"
    born: date = date(1990, 1, 1)
    education: str = ""
    support_time: str = ""
    reason: str = ""
    livelihood: tuple[str, str] = NOBODY
    occupation: tuple[str, str] = NOBODY


@dataclass(frozen=True)
class Programme:
    """A programme with its year, and the advice calls registered under it, each with its day."""

    id: str
    name: str
    volume: bool = False
    budget: int | None = None
    actual: int | None = None
    calls: tuple[tuple[date, int], ...] = ()


def fill(
    register: Register,
    folder: Path,
    enrolments: Sequence[Enrolment],
    programmes: Iterable[Programme] = (Programme("P", "Insatsen"),),
    *,
    year: int,
) -> None:
    """Put the enrolments into an empty register, with the programmes and their `year`."""
    there = tuple(programmes)
    write(
        folder,
        "insatser",
        "insats_id namn typ volym",
        [(p.id, p.name, "individ", "ja" if p.volume else "nej") for p in there],
    )
    write(
        folder,
        "insatsår",
        "insats_id år budget_deltagare utfall_deltagare",
        [(p.id, year, p.budget, p.actual) for p in there],
    )
    write(
        folder,
        "rådgivning",
        "datum insats_id vem antal",
        [(day, p.id, "individ", count) for p in there for day, count in p.calls],
    )
    _write_people(folder, enrolments)
    take_in(register, folder, datetime(year + 1, 1, 18, 13))


def _write_people(folder: Path, enrolments: Sequence[Enrolment]) -> None:
    write(
        folder,
        "deltagare",
        "deltagare_id registrering födelsedatum kön",
        [
            (n, e.registration, e.born if e.registration == "person" else None, e.sex)
            for n, e in enumerate(enrolments)
        ],
    )
    write(
        folder,
        "inskrivningar",
        "inskrivning_id deltagare_id insats_id start utbildning tid_i_försörjning slut "
        "avslutsanledning",
        [
            (n, n, e.programme, e.start, e.education, e.support_time, e.end, e.reason)
            for n, e in enumerate(enrolments)
        ],
    )
    write(
        folder,
        "lägen",
        "inskrivning_id tillfälle datum försörjning sysselsättning",
        [
            (n, occasion, day, e.livelihood[place], e.occupation[place])
            for n, e in enumerate(enrolments)
            for place, (occasion, day) in enumerate((("start", e.start), ("avslut", e.end)))
            if day is not None
        ],
    )

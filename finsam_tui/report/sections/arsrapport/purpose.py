"""The year in short: its main figures, what participants say, and what the programmes are for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.model import Row, Section, Table, Told
from finsam_tui.report.sections import followup, participants, programme_time, sex, steps, violence
from finsam_tui.report.sections._common import ALL, COUNT, GROUP, SHARE, texts
from finsam_tui.report.sections.arsrapport._written import of_main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.domain.periods import Period
    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Sammanfattning, syfte och mål"
QUERIES = (
    *("report_texts", "report_arsrapport_programmes", "report_advice", "report_population"),
    *("report_closed", "report_violence", "report_followup"),
)
PARTS = ("quotes", "stories", "summary", "purpose")


def section(rows: Rows, scope: Scope) -> Section:
    """Tell the figures that the other sections tell, taken from their tables."""
    passages, notes = texts(rows, scope, *PARTS)
    took_part = participants.section(rows, scope)
    has_purpose = any(passage.part == "purpose" for passage in passages)
    return Section(
        id="purpose",
        title=TITLE,
        rule="Periodens huvudsiffror. Vilka de räknar står i de andra avsnitten.",
        base=scope.bases["participated"],
        tables=(
            took_part.tables[0],
            Table("main", (GROUP, COUNT, SHARE), tuple(_main(rows, scope))),
            programme_time.section(rows, scope).tables[0]._replace(title="Tid i insats"),
        ),
        sentences=tuple(_sentences(scope)),
        notes=(*took_part.notes[:1], *notes),
        texts=(*passages, *(() if has_purpose else of_main(rows, "purpose"))),
    )


class _Share(NamedTuple):
    """Two rows: whom a share is of, and the part that is told; their keys, names and facts."""

    of: str
    keys: tuple[str, str]
    names: tuple[str, str]
    within: tuple[tuple[str, ...], tuple[str, ...]]

    def rows(self, whole: Cell, part: Cell, share: Cell) -> Iterator[Row]:
        """Yield the rows with these figures."""
        facts, more = self.within
        yield Row(self.keys[0], (self.names[0], whole, None), of=self.of, within=facts)
        yield Row(self.keys[1], (self.names[1], part, share), 1, of=self.of, within=more)


_WOMEN = _Share(
    "participated", ("known", "women"), ("Deltog, kön känt", "kvinnor"), ((), ("sex=woman",))
)
_STEP = _Share(
    "closed",
    ("measured", "positive"),
    ("Avslutade och mätta", "positiv stegförflyttning"),
    (("measured",), ("measured", "positive")),
)
_EXPOSED = _Share(
    "started",
    ("told", "exposed"),
    ("Nya som svarat om våld", "utsatta för våld"),
    (("told",), ("told", "exposed")),
)


def _main(rows: Rows, scope: Scope) -> Iterator[Row]:
    """Yield the shares that the report is mostly read for, from the sections that count them."""
    sexes = sex.section(rows, scope)
    unknown = _cells(sexes, "sex", sex.UNKNOWN)["count"]
    women = _cells(sexes, "sex", "woman")
    known = scope.bases["participated"].enrolments - (unknown if isinstance(unknown, int) else 0)
    facts = ((("known",) if unknown else ()), ("sex=woman",))
    yield from _WOMEN._replace(within=facts).rows(known, women["count"], women["share"])
    step = _cells(steps.section(rows, scope), "steps", ALL)
    yield from _STEP.rows(step["measured"], step["positive"], step["share"])
    asked = _cells(violence.section(rows, scope), "exposed", ALL)
    yield from _EXPOSED.rows(asked["told"], asked["exposed"], asked["exposed_share"])
    called = followup.section(rows, scope)
    for row in called.tables[0].rows:
        yield from _followed_up(called, row.key)


def _followed_up(called: Section, months: str) -> Iterator[Row]:
    of = f"due_{months}"
    answers, kept = _cells(called, "response", months), _cells(called, "kept", months)
    yield from _Share(
        of,
        (f"sample_{months}", f"answered_{months}"),
        (f"Urval för uppföljning efter {months} månader", "svarade"),
        ((followup.TOLD, "whole"), (followup.TOLD,)),
    ).rows(answers["sample"], answers["answered"], answers["share"])
    yield from _Share(
        of,
        (f"told_{months}", f"kept_{months}"),
        ("Hade gjort en positiv stegförflyttning", "har behållit den"),
        (("told",), ("told", "kept")),
    ).rows(kept["told"], kept["kept"], kept["share"])


def _cells(section: Section, id: str, key: str) -> dict[str, Cell]:
    """Return column → cell of a row of one of a section's tables."""
    (table,) = (table for table in section.tables if table.id == id)
    rows = (*table.rows, *((table.total,) if table.total else ()))
    (row,) = (row for row in rows if row.key == key)
    return {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True)}


def _when(period: Period) -> str:
    """Return when somebody took part: under 2024, or in the period that the report is headed by."""
    return f"Under {period.label}" if period.label.isdecimal() else "I perioden"


def _sentences(scope: Scope) -> Iterator[Told]:
    """Yield what 003 sums its year up in, and a woman's share of it."""
    base = scope.bases["participated"]
    anonymous = " och {participated.anonymous|anonym|anonyma}" if base.anonymous else ""
    yield Told(
        f"{_when(scope.period)} deltog {{participated.unique|person|personer}}{anonymous}: "
        "{started.count|inskrivning|inskrivningar} startade, {closed.count} avslutades och "
        "{ongoing.count} pågick vid periodens slut.",
        "participants",
    )
    yield Told("Av deltagarna är {women.share} kvinnor.", "main")
    yield Told(
        "Av {measured.count|avslutad|avslutade} och mätta har {positive.count} ({positive.share}) "
        "gjort en positiv stegförflyttning.",
        "main",
    )
    yield Told(
        "Deltagandet varade i medeltal {days.mean} dagar, {months.mean} månader.", "programme_time"
    )
    yield Told(
        "Av {told.count} nya deltagare som svarat på frågorna om våld har {exposed.count} "
        "({exposed.share}) varit utsatta.",
        "main",
    )
    yield Told(
        "Uppföljningen sex månader efter avslut besvarades av {answered_6.count} av "
        "{sample_6.count} ({answered_6.share}).",
        "main",
    )
    yield Told(
        "Av {told_6.count} som svarat och hade gjort en positiv stegförflyttning har "
        "{kept_6.count} ({kept_6.share}) behållit den.",
        "main",
    )

"""Flows: who turned to the programme, what came of it, who began and closed, who had support on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, COUNT, GROUP, SHARE, everybody, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Base
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Deltagarflöden"
QUERIES = ("report_population", "report_helar_flows", "report_advice")

CALLS = "calls"  # advice given without a person
NON_START = "non_start"
EVERYBODY = "everybody"  # those that are anonymous, too
_POPULATIONS = {"start": "begun_referrals", NON_START: "non_started"}
_DECIDED = {"start": "Ledde till start", NON_START: "Ej start"}

_COLUMNS = (
    GROUP,
    Column("count", "Alla", within=(EVERYBODY,), parts=("known", "anonymous")),
    Column("known", "Ej anonyma"),
    Column("unique", "Unika", within=("unique",)),
    Column("anonymous", "Anonyma", within=("anonymous",)),
)
_SENTENCES = (
    Told(
        "{participated.count|inskrivning|inskrivningar} pågick någon dag i perioden; "
        "{started.count} var nya och {closed.count} avslutades.",
        "flows",
    ),
    Told(
        "Av {all.count|avgjord ansökan|avgjorda ansökningar} ledde {non_start.count} "
        "({non_start.share}) inte till start.",
        "applications",
    ),
    Told(
        "{extensions.count|förlängning|förlängningar} beslutades och {aftercare.count|punktinsats|"
        "punktinsatser} gjordes efter avslut.",
        "flows",
    ),
)
_NOTES = (
    "En ansökan har det utfall som den har när rapporten tas fram; de i kö är inte avgjorda.",
    "Kontakter är händelser, inte personer: aktualiseringar och rådgivande samtal.",
)


class Events(NamedTuple):
    """How many there are, of how many registered persons, and how many of anonymous ones."""

    all: int = 0
    unique: int = 0
    anonymous: int = 0

    @property
    def known(self) -> int:
        """Those that are not about anonymous persons."""
        return self.all - self.anonymous


def section(rows: Rows, scope: Scope) -> Section:
    """Put the year's events below each other, in the order in which a participant meets them."""
    found = {
        (row["kind"], row["outcome"]): Events(row["events"], row["persons"], row["anonymous"])
        for row in rows["report_helar_flows"]
    }
    outcomes = {outcome: e for (kind, outcome), e in found.items() if kind == "referral"}
    filters = scope.filters
    # A call is about no person, a referral has no coach: what they are narrowed by leaves none.
    narrowed = filters.of_some
    calls = 0 if narrowed else rows["report_advice"][0]["calls"]
    # First those who took part: the others are counted with them.
    taken, started, closed = (scope.bases[of] for of in ("participated", "started", "closed"))
    lines = (
        _line("contacts", "Kontakter", _contacts(outcomes.values(), calls), persons=False),
        _line("non_started", "Ansökningar utan start", outcomes.get(NON_START, Events())),
        _line("started", "Nya inskrivningar", _of(started)),
        _line("participated", "Inskrivna totalt", _of(taken)),
        _line("closed", "Avslutade", _of(closed)),
        _line("extensions", "Förlängningar", found.get(("extension", None), Events())),
        _line("aftercare", "Punktinsatser", found.get(("aftercare", None), Events())),
    )
    return Section(
        id="flows",
        title=TITLE,
        rule="Det som är daterat i perioden; inskrivna totalt är alla som var det någon dag.",
        base=taken,
        tables=(
            Table("flows", _COLUMNS, lines),
            _outcomes(outcomes, calls, scope.codes),
            _applications(outcomes),
        ),
        sentences=_SENTENCES,
        notes=_notes(scope, narrowed=narrowed),
        charts=(Chart("flows", ("count",)),),
    )


def _line(key: str, name: str, events: Events, *, persons: bool = True) -> Row:
    """Return a line; its key is the population that other sections know its events by."""
    unique = events.unique if persons else None
    return Row(key, (name, events.all, events.known, unique, events.anonymous), of=key)


def _of(base: Base) -> Events:
    return Events(everybody(base), base.unique, base.anonymous)


def _contacts(referrals: Iterable[Events], calls: int) -> Events:
    """Return all contacts; who is behind a call is not known, so neither are the persons."""
    every = list(referrals)
    return Events(sum(e.all for e in every) + calls, 0, sum(e.anonymous for e in every))


def _outcomes(outcomes: Mapping[str, Events], calls: int, codes: Codes) -> Table:
    """Return what came of the contacts."""
    keys = dict.fromkeys([*(c.key for c in codes.options("referral_outcome")), *outcomes])
    lines = [
        Row(
            key,
            (label(codes, "referral_outcome", key), outcomes.get(key, Events()).all),
            of=_POPULATIONS.get(key, f"referred_{key}"),
        )
        for key in keys
    ]
    total = _contacts(outcomes.values(), calls).all
    return Table(
        "contacts",
        (GROUP, COUNT._replace(within=(EVERYBODY,))),
        (*lines, Row(CALLS, ("Samtal utan person", calls))),
        title="Vad kontakterna ledde till",
        total=Row(ALL, ("Summa", total)),
        of="contacts",
        by="outcome",
        adds=True,
    )


def _applications(outcomes: Mapping[str, Events]) -> Table:
    """Return the applications of registered persons that are decided, and how many are lost."""
    counts = {key: outcomes.get(key, Events()).known for key in _DECIDED}
    decided = sum(counts.values())
    return Table(
        "applications",
        (GROUP, COUNT, SHARE),
        tuple(
            Row(key, (name, n := counts[key], share(n, decided)), of=_POPULATIONS[key])
            for key, name in _DECIDED.items()
        ),
        title="Avgjorda ansökningar",
        total=Row(ALL, ("Summa", decided, share(decided, decided))),
        of="decided",
        adds=True,
    )


def _notes(scope: Scope, *, narrowed: bool) -> tuple[str, ...]:
    notes = list(_NOTES)
    if scope.bases["participated"].anonymous:
        notes.append("Anonyma ingår bara i Alla.")
    if narrowed:
        notes.append("Rådgivande samtal gäller ingen person och ingår inte i urvalet.")
    if scope.filters.coach:
        notes.append("En aktualisering har ingen coach och ingår inte i urvalet på coach.")
    return tuple(notes)

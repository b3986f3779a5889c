"""ORS: how those who closed felt at the start, how few were asked again, and what came of those."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from finsam_tui.domain.ors import CUT_OFF, CUT_OFF_YOUNG
from finsam_tui.domain.shares import mean, share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, COUNT, GROUP, SHARE, check
from finsam_tui.report.sections.ors import totals
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Hälsa (ORS)"
_PAIRS_QUERY = "report_ors_pairs"
QUERIES = ("report_ors", _PAIRS_QUERY)

MOST_LISTED = 30  # pairs; more are told by their classes alone

_START, _PAIRS = ("ors=start",), ("ors=pairs",)  # who has a total at start, and at both ends
_CLASSES = {
    "recovered": "Återhämtade",
    "improved": "Förbättrade",
    "unchanged": "Oförändrade",
    "deteriorated": "Försämrade",
}
_TOTALS = (
    GROUP,
    COUNT,
    *(
        Column(key, name, "number", 1, made_of=("count",))
        for key, name in {"mean": "Medel", "lowest": "Lägst", "highest": "Högst"}.items()
    ),
)
_BY_CUT_OFF = (
    GROUP,
    Column("clinical", "Högst gränsvärdet", within=(*_PAIRS, "clinical=yes")),
    Column("above", "Över det", within=(*_PAIRS, "clinical=no")),
    COUNT._replace(within=_PAIRS, parts=("clinical", "above")),
    SHARE,
)
_LISTED = (
    Column("group", "Deltagare", "text"),
    Column("start", "Vid start", "number", 1),
    Column("closure", "Vid avslut", "number", 1),
    Column("class", "Skillnad", "number", 1),
)
_SENTENCES = (
    Told(
        "{start.count} av de avslutade har ORS vid start: i medel {start.mean} "
        "({start.lowest}–{start.highest}).",
        "totals",
    ),
    Told(
        "{pairs.count} av dem har ORS även vid avslut; bortfallet är {attrition.count} "
        "({attrition.share}).",
        "pairs",
    ),
)
_OF_PAIRS = Told(
    "Av {all.count|par|par} är {recovered.count} återhämtade, {improved.count} förbättrade, "
    "{unchanged.count} oförändrade och {deteriorated.count} försämrade.",
    "classes",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell the totals at start, the pairs and those lost between, and the classes of the pairs."""
    base = scope.bases["closed"]
    counted = rows["report_ors"]
    change = number(scope.reliable_change)
    bounds = f"{number(CUT_OFF)} poäng, under 18 år {number(CUT_OFF_YOUNG)}"
    return Section(
        id="ors",
        title=TITLE,
        rule="Avslutade i perioden. Par: summa både vid start och vid avslut.",
        base=base,
        tables=(
            _totals(counted),
            _pairs(counted),
            _classes(counted),
            *_list(rows[_PAIRS_QUERY]),
        ),
        sentences=(*_SENTENCES, _OF_PAIRS) if rows[_PAIRS_QUERY] else _SENTENCES,
        notes=(
            f"Säker förändring (RCI) är {change} poäng; gränsvärdet är {bounds}.",
            "Återhämtade har stigit så mycket, och från högst gränsvärdet till över det.",
            "De som börjar över gränsvärdet kan inte bli återhämtade; de har en egen kolumn.",
        ),
        warnings=check((row["enrolments"] for row in counted), base, "ORS"),
    )


def _totals(counted: Sequence[Record]) -> Table:
    started = [row for row in counted if row["clinical"] is not None]
    pairs = [row for row in counted if row["class"] is not None]
    lines = (
        ("start", "Alla vid start", _START, totals(started, "start")),
        ("pairs_start", "Par: vid start", _PAIRS, totals(pairs, "start")),
        ("pairs_closure", "Par: vid avslut", _PAIRS, totals(pairs, "closure")),
    )
    return Table(
        "totals",
        _TOTALS,
        tuple(
            Row(
                key,
                (name, t.known, mean(t.sum, t.known), t.lowest, t.highest),
                of="closed",
                within=within,
            )
            for key, name, within, t in lines
        ),
        title="Summa, 0–40",
    )


def _pairs(counted: Sequence[Record]) -> Table:
    """Return who has a total at start, and of these at closure; who has none stands apart."""
    found: Counter[str] = Counter()
    for row in counted:
        lost = "attrition" if row["class"] is None else "pairs"
        found["missing" if row["clinical"] is None else lost] += row["enrolments"]
    measured = found["pairs"] + found["attrition"]
    start = ("Med ORS vid start", measured, share(measured, measured))
    names = {"pairs": "Par start–avslut", "attrition": "Bortfall vid avslut"}
    lines = [Row(k, (name, n := found[k], share(n, measured)), 1) for k, name in names.items()]
    return Table(
        "pairs",
        (GROUP, COUNT, SHARE),
        (
            Row("start", start),
            *lines,
            Row("missing", ("Utan ORS vid start", found["missing"], None)),
        ),
        title="Svar vid båda tillfällena",
        total=Row(ALL, ("Avslutade", found.total(), share(measured, measured))),
        of="closed",
        by="ors",
        adds=True,
    )


def _classes(counted: Sequence[Record]) -> Table:
    """Return what became of the pairs, who started above the cut-off apart."""
    found = Counter(
        {(row["class"], row["clinical"]): row["enrolments"] for row in counted if row["class"]}
    )
    pairs = found.total()

    def cells(*classes: str) -> tuple[int | float | None, ...]:
        clinical, above = (sum(found[c, start] for c in classes) for start in (1, 0))
        return clinical, above, clinical + above, share(clinical + above, pairs)

    return Table(
        "classes",
        _BY_CUT_OFF,
        tuple(Row(key, (name, *cells(key))) for key, name in _CLASSES.items()),
        title="Vad det blev av paren, efter summan vid start",
        total=Row(ALL, ("Par", *cells(*_CLASSES))),
        of="closed",
        by="ors_class",
        adds=True,
    )


def _list(pairs: Sequence[Record]) -> tuple[Table, ...]:
    """Return the pairs one by one, without a name and by their totals; none of too many."""
    if not 0 < len(pairs) <= MOST_LISTED:
        return ()
    lines = tuple(
        Row(str(place), (str(place), start, end, round(end - start, 1)))
        for place, (start, end) in enumerate(
            ((row["at_start"], row["at_closure"]) for row in pairs), 1
        )
    )
    return (Table("list", _LISTED, lines, title="Paren, högst vid start först", cases=True),)

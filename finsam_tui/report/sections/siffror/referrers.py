"""Referrers: the parties that those who took part came from, each with its units below it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    MISSING_KEY,
    SHARE,
    check,
    code_names,
    missing,
)
from finsam_tui.report.sections.siffror._parts import WHOLE, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope
    from finsam_tui.report.sections.siffror._parts import Part

    Referrer = tuple[str | None, str | None]  # party and unit

TITLE = "Aktualiserande myndigheter"
QUERIES = ("report_referrers",)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who took part over the parties; without a referral is in no share."""
    base = scope.bases["participated"]
    counts = _counts(rows["report_referrers"])
    parties = _parties(counts[WHOLE])
    largest = max((key for key in parties if key), key=lambda key: parties[key], default="")
    return Section(
        id="referrers",
        title=TITLE,
        rule="Deltog i perioden, efter den part och enhet som aktualiserade eller hänvisade.",
        base=base,
        tables=tuple(
            _table(part, counts[part.programme], scope.codes, base.of)
            for part in parts(scope.codes, counts)
        ),
        sentences=(
            Told(
                "Största aktualiserande part är {group}: {count} ({share}).", "referrers", largest
            ),
        ),
        warnings=check([counts[WHOLE].total()], base, "Parterna"),
    )


def _counts(rows: Iterable[Record]) -> dict[str | None, Counter[Referrer]]:
    """Return programme → party and unit → enrolments; WHOLE is all programmes."""
    found: dict[str | None, Counter[Referrer]] = {WHOLE: Counter()}
    for row in rows:
        for programme in (WHOLE, row["programme"]):
            counts = found.setdefault(programme, Counter())
            counts[row["party"], row["unit"]] += row["enrolments"]
    return found


def _parties(counts: Counter[Referrer]) -> Counter[str | None]:
    parties: Counter[str | None] = Counter()
    for (party, _), count in counts.items():
        parties[party] += count
    return parties


def _table(part: Part, counts: Counter[Referrer], codes: Codes, of: str) -> Table:
    parties = _parties(counts)
    unknown = parties.pop(None, 0)
    known = parties.total()
    lines: list[Row] = []
    for party, name in code_names(codes, "referrer_party", parties).items():
        lines.append(Row(party, (name, parties[party], share(parties[party], known))))
        lines += _units(party, counts, known, codes)
    return Table(
        id=part.id("referrers"),
        columns=part.narrowed((GROUP, COUNT, SHARE)),
        rows=(*lines, missing(unknown, None)),
        title=part.title,
        total=Row(ALL, ("Summa", known + unknown, share(known, known))),
        of=of,
        by="party",
        adds=True,
    )


def _units(party: str, counts: Counter[Referrer], known: int, codes: Codes) -> Iterator[Row]:
    """Yield a row for each unit of a party, unless that says no more than the party's own row."""
    found = {unit: count for (of, unit), count in counts.items() if of == party}
    named = {unit for unit in found if unit}
    units = {code.key for code in codes.options("referrer_unit", party)} | named
    if not named or len(units | set(found)) == 1:
        return
    names = code_names(codes, "referrer_unit", units)
    rows = {unit: codes.label("referrer_unit", unit) for unit in names if unit in units}
    for unit, name in (*rows.items(), (None, "enhet saknas")):
        count = found.get(unit, 0)
        key = f"{party}/{unit or MISSING_KEY}"
        yield Row(key, (name, count, share(count, known)), depth=1, rare=True)

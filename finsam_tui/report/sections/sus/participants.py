"""Who took part, started, closed and went on, by sex; and everybody, those without a person too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Row, Section, Table, Told
from finsam_tui.report.scope import ANONYMOUS, POPULATIONS
from finsam_tui.report.sections._common import ALL, BY_SEX, COUNT, GROUP, Counts, by_sex, without
from finsam_tui.report.sections.sus import _programmes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.report.scope import Rows, Scope
    from finsam_tui.report.sections.sus._programmes import Programme

TITLE = "Antal deltagare med personuppgifter"
QUERIES = ("report_population", *_programmes.QUERIES)

_LABELS = {
    "participated": "Har deltagit",
    "started": "Har startat",
    "closed": "Har avslutat",
    "ongoing": "Pågår vid slutet",
}


def section(rows: Rows, scope: Scope) -> Section:
    """Count enrolments and persons; anonymous ones and those of volume are in totals alone."""
    base = scope.bases["participated"]
    persons = [r for r in rows["report_population"] if r["registration"] != ANONYMOUS]
    unique = {
        name: sum(by_sex(persons, "registration", f"{name}_unique").values(), Counts())
        for name in POPULATIONS
    }
    all_ = _programmes.total(_programmes.programmes(rows, scope))
    return Section(
        id="participants",
        title=TITLE,
        rule="Deltog minst en dag i perioden, startade eller avslutade i den, eller pågår dess "
        "sista dag: en deltagare kan stå i flera rader.",
        base=base,
        tables=(
            _by_sex("participants", {n: _counts(scope, n) for n in POPULATIONS}),
            _by_sex("unique", unique, ".unique")._replace(title="Varav unika deltagare"),
            _anonymous(scope),
            _everybody(all_),
        ),
        sentences=(_sentence(all_),),
        notes=_programmes.notes(rows, scope),
        charts=(Chart("participants", ("women", "men"), kind="columns"),),
    )


def _counts(scope: Scope, name: str) -> Counts:
    base = scope.bases[name]
    return Counts(base.women, base.men, base.other)


def _by_sex(id: str, counts: Mapping[str, Counts], of_what: str = "") -> Table:
    """Return a row a population, of what of it is counted: enrolments, or ".unique" persons."""
    rows = (
        Row(name, (_LABELS[name], *c, c.all), of=f"{name}{of_what}") for name, c in counts.items()
    )
    table = Table(id, BY_SEX[:-1], tuple(rows))
    return table if any(c.other for c in counts.values()) else without(table, "other")


def _anonymous(scope: Scope) -> Table:
    """Return those with a protected identity, who are nowhere else but in the total."""
    rows = (
        Row(name, (_LABELS[name], scope.bases[name].anonymous), rare=True, of=f"{name}.anonymous")
        for name in POPULATIONS
    )
    return Table("anonymous", (GROUP, COUNT), tuple(rows), title="Anonyma (skyddad identitet)")


def _everybody(all_: Programme) -> Table:
    """Return everybody who took part as a sum."""
    rows = [
        Row("persons", ("Med personuppgifter", all_.persons.all), of="participated"),
        Row("anonymous", ("Anonyma", all_.anonymous), rare=True, of="participated.anonymous"),
    ]
    if all_.volume is not None:
        rows.append(Row("volume", ("Utan personuppgifter (volym)", all_.volume), of="volume"))
    return Table(
        "everybody",
        (GROUP, COUNT),
        tuple(rows),
        title="Alla deltagare",
        total=Row(ALL, (all_.name, all_.all), of="everybody"),
        adds=True,
    )


def _sentence(all_: Programme) -> Told:
    """Tell everybody as a sum."""
    terms = ["{persons.count} med personuppgifter"]
    terms += ["{anonymous.count|anonym|anonyma}"] if all_.anonymous else []
    terms += ["{volume.count} utan personuppgifter"] if all_.volume else []
    return Told(f"{' + '.join(terms)} = {{all.count}} deltagare.", "everybody")

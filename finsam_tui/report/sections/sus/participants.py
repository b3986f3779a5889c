"""Who took part, started, closed and went on, by sex; and everybody, those without a person too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.scope import ANONYMOUS, POPULATIONS
from finsam_tui.report.sections._common import ALL, GROUP, SEXES, Counts, by_sex
from finsam_tui.report.sections.sus import _programmes
from finsam_tui.report.sections.sus._programmes import PARTS, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from finsam_tui.report.scope import Record, Rows, Scope
    from finsam_tui.report.sections.sus._programmes import Programme

TITLE = "Antal deltagare med personuppgifter"
QUERIES = ("report_population", *_programmes.QUERIES)

_LABELS = {
    "participated": "Deltog",
    "started": "Startade",
    "closed": "Avslutade",
    "ongoing": "Pågår",
}
_SEX_LABELS = ("Kvinnor", "Män", "Annat")


def section(rows: Rows, scope: Scope) -> Section:
    """Count enrolments and persons; anonymous ones and those of volume are in totals alone."""
    base = scope.bases["participated"]
    persons = [r for r in rows["report_population"] if r["registration"] != ANONYMOUS]
    found = _programmes.programmes(rows, scope)
    all_ = _programmes.total(found)
    return Section(
        id="participants",
        title=TITLE,
        rule="Deltog minst en dag i perioden, startade eller avslutade i den, eller pågår dess "
        "sista dag: en deltagare kan stå i flera kolumner.",
        base=base,
        tables=(
            _by_sex("participants", "", persons),
            _by_sex("unique", "Varav unika deltagare", persons, "_unique"),
            _anonymous(scope),
            _everybody(found, all_),
        ),
        sentences=(_sentence(all_),),
        notes=_programmes.notes(rows, scope),
        charts=(Chart("participants", POPULATIONS, kind="columns"),),
    )


def _by_sex(id: str, title: str, rows: Iterable[Record], suffix: str = "") -> Table:
    """Return the populations by sex: enrolments, or persons, whose columns have a `suffix`."""
    counted = list(rows)
    counts = [
        sum(by_sex(counted, "registration", f"{name}{suffix}").values(), Counts())
        for name in POPULATIONS
    ]
    sexes = zip(SEXES.values(), _SEX_LABELS, zip(*counts, strict=True), strict=True)
    return Table(
        id,
        _columns(suffix.replace("_", ".")),
        tuple(Row(sex, (name, *cells), rare=sex == "other") for sex, name, cells in sexes),
        title=title,
        total=Row(ALL, ("Summa", *(c.all for c in counts))),
        by="sex",
        adds=True,
    )


def _columns(suffix: str = "") -> tuple[Column, ...]:
    """Return a column a population; enrolments have closed or go on, but persons can do both."""
    columns = (Column(name, _LABELS[name], of=f"{name}{suffix}") for name in POPULATIONS)
    both = () if suffix == ".unique" else ("closed", "ongoing")
    return (GROUP, *(c._replace(parts=both if c.key == "participated" else ()) for c in columns))


def _anonymous(scope: Scope) -> Table:
    """Return those with a protected identity, who are nowhere else but in the total."""
    counts = (scope.bases[name].anonymous for name in POPULATIONS)
    row = Row(ANONYMOUS, ("Anonyma", *counts), rare=True)
    return Table("anonymous", _columns(".anonymous"), (row,), title="Skyddad identitet")


def _everybody(found: Sequence[Programme], all_: Programme) -> Table:
    """Return those in programmes of persons and those in each of volume, and all of them."""
    ordinary = _programmes.total([each for each in found if each.volume is None])
    volumes = [each for each in found if each.volume is not None]
    table = Table(
        "everybody",
        (GROUP, *PARTS, TOTAL),
        tuple(
            Row(each.id, (each.name, *each.parts, each.all))
            for each in (
                ordinary._replace(id="registered", name="Insatser med personuppgifter"),
                *volumes,
            )
        ),
        title="Alla deltagare",
        total=Row(ALL, (all_.name, *all_.parts, all_.all)),
        of="participated",
        by="programme",
        adds=True,
    )
    return _programmes.without_empty(table, all_)


def _sentence(all_: Programme) -> Told:
    """Tell everybody as a sum."""
    terms = ["{persons} med personuppgifter"]
    terms += ["{anonymous|anonym|anonyma}"] if all_.anonymous else []
    terms += ["{volume} utan personuppgifter"] if all_.volume else []
    return Told(f"{' + '.join(terms)} = {{count}} deltagare.", "everybody", ALL)

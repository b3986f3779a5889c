"""Onward: how many of the closed went on to an ordinary service, and to which one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    SHARE,
    by_sex,
    check,
    code_names,
    missing,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Rows, Scope

    Counts = Mapping[str | None, int]

TITLE = "Vidare till ordinarie insats"
QUERIES = ("report_helar_onward",)

NONE = "none"  # the ordinary service of those who went on to none

_COLUMNS = (GROUP, COUNT, SHARE)
_ORDINARY, _ENHANCED = "ordinarie insats", "förstärkt samarbete AF–FK"
_NOTES = (
    "Förstärkt samarbete AF–FK är en av de ordinarie insatserna och ingår bland dem.",
    "Om det blev förstärkt samarbete antecknas också för sig.",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell who of the closed went on; without an answer in no share."""
    base = scope.bases["closed"]
    counted = rows["report_helar_onward"]
    services = {key: c.all for key, c in by_sex(counted, "service").items()}
    enhanced = {key: c.all for key, c in by_sex(counted, "enhanced").items()}
    going = sum(n for key, n in services.items() if key not in (NONE, None))
    onward: Counts = {"yes": going, "no": services.get(NONE, 0), None: services.get(None, 0)}
    return Section(
        id="onward",
        title=TITLE,
        rule="Avslutade i perioden, efter vart de gick vid avslut.",
        base=base,
        tables=(
            _answers("onward", onward, "Till ordinarie insats"),
            _services(services, scope.codes),
            _known_as(
                _answers("enhanced", enhanced, "Till förstärkt samarbete AF–FK"),
                services.get("enhanced_cooperation", 0),
            ),
        ),
        sentences=(
            _sentence("onward", _ORDINARY, onward),
            _sentence("enhanced", _ENHANCED, enhanced),
        ),
        notes=_NOTES,
        warnings=check(services.values(), base, "Insatserna"),
        charts=(Chart("onward", ("count",)),),
    )


def _answers(id: str, counts: Counts, title: str) -> Table:
    """Return how many did and did not; who has no answer is in no share."""
    yes, no, unknown = (counts.get(answer, 0) for answer in ("yes", "no", None))
    known = yes + no
    return Table(
        id,
        _COLUMNS,
        (
            Row("yes", ("Ja", yes, share(yes, known))),
            Row("no", ("Nej", no, share(no, known))),
            missing(unknown, None),
        ),
        title=title,
        total=Row(ALL, ("Avslutade", known + unknown, share(known, known))),
        of="closed",
        by=id,
        adds=True,
    )


def _known_as(table: Table, service: int) -> Table:
    """Return the answers, the yes known as those with that service where they are as many.

    Everybody with that service is a yes, so that as many are the same.
    """
    yes, *others = table.rows
    if yes.cells[1] != service:
        return table
    same = yes._replace(of="closed", within=("ordinary_service=enhanced_cooperation",))
    return table._replace(rows=(same, *others))


def _services(counts: Counts, codes: Codes) -> Table:
    """Return which service those who went on went to, with shares of them."""
    names = code_names(codes, "ordinary_service", counts)
    names.pop(NONE, None)
    going = sum(counts.get(key, 0) for key in names)
    return Table(
        "services",
        _COLUMNS,
        tuple(
            Row(key, (name, n := counts.get(key, 0), share(n, going)))
            for key, name in names.items()
        ),
        title="Vilken insats",
        total=Row(
            ALL, ("Till ordinarie", going, share(going, going)), of="closed", within=("onward=yes",)
        ),
        of="closed",
        by="ordinary_service",
        adds=True,
    )


def _sentence(table: str, where: str, counts: Counts) -> Told:
    """Tell the share; that it is of those with an answer only where some have none."""
    if counts.get(None):
        words = "har {yes.count} gått vidare till WHERE: {yes.share} av dem med uppgift."
    else:
        words = "har {yes.count} ({yes.share}) gått vidare till WHERE."
    closed = "Av {all.count|avslutad|avslutade} "
    return Told(closed + words.replace("WHERE", where), table)

"""Onward: how many of the closed went on to an ordinary service, and to which one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    GROUP,
    MISSING_LABEL,
    SHARE,
    by_sex,
    check,
    code_names,
    sex_table,
)

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Vidare till ordinarie insats"
QUERIES = ("report_helar_onward",)

NONE = "none"  # the ordinary service of those who went on to none

_COLUMNS = (
    GROUP,
    Column("yes", "Ja", within=("answer=yes",)),
    Column("no", "Nej", within=("answer=no",)),
    Column("told", "Med uppgift", within=("told",), parts=("yes", "no")),
    SHARE._replace(made_of=("yes", "told")),
    Column("missing", MISSING_LABEL, within=("answer=missing",)),
)
_LINES = {"ordinary": "Ordinarie insats", "enhanced": "Förstärkt samarbete AF–FK"}
_NOTES = (
    "Förstärkt samarbete AF–FK är en av de ordinarie insatserna och ingår bland dem.",
    "Ja eller nej till förstärkt samarbete antecknas för sig; andelen är av dem med svar.",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell who of the closed went on; without an answer in no share."""
    base = scope.bases["closed"]
    counted = rows["report_helar_onward"]
    services = by_sex(counted, "service")
    going = {key: c.all for key, c in services.items()}
    enhanced = {key: c.all for key, c in by_sex(counted, "enhanced").items()}
    unknown, none = going.get(None, 0), going.get(NONE, 0)
    names = code_names(scope.codes, "ordinary_service", services)
    return Section(
        id="onward",
        title=TITLE,
        rule="Avslutade i perioden, efter vart de gick vid avslut.",
        base=base,
        tables=(
            Table(
                "onward",
                _COLUMNS,
                (
                    _line("ordinary", sum(going.values()) - unknown - none, none, unknown),
                    _line("enhanced", *(enhanced.get(answer, 0) for answer in ("yes", "no", None))),
                ),
                of=base.of,
                by="onward",
            ),
            sex_table(
                "services",
                services,
                names,
                of=base.of,
                by="ordinary_service",
                title="Vilken insats",
            ),
        ),
        sentences=(
            _sentence("ordinary", "ordinarie insats", unknown),
            _sentence("enhanced", "förstärkt samarbete AF–FK", enhanced.get(None, 0)),
        ),
        notes=_NOTES,
        warnings=check(going.values(), base, "Insatserna"),
        charts=(Chart("onward", ("yes", "no"), "columns"),),
    )


def _line(key: str, yes: int, no: int, unknown: int) -> Row:
    return Row(key, (_LINES[key], yes, no, yes + no, share(yes, yes + no), unknown))


def _sentence(row: str, where: str, unknown: int) -> Told:
    """Tell the share with its base; that some have no answer only where some have none."""
    of = " med uppgift" if unknown else ""
    words = f"Av {{told|avslutad|avslutade}}{of} har {{yes}} ({{share}}) gått vidare till {where}."
    return Told(words, "onward", row)

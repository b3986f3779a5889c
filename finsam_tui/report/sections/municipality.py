"""Home municipality: where those who took part live, beside where the population lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table
from finsam_tui.report.sections._common import COUNT, GROUP, SHARE, check, missing

if TYPE_CHECKING:
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Hemkommun"
QUERIES = ("report_municipality",)

_COLUMNS = (GROUP, COUNT, SHARE, Column("population_share", "Befolkn.", "share"))
# The last letters of the alphabet, which Unicode has in another order and among the accents.
_ALPHABET = str.maketrans({"å": "z1", "ä": "z2", "ö": "z3"})


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who took part; every municipality of the association has a row."""
    base = scope.bases["participated"]
    counted = rows["report_municipality"]
    nowhere = sum(row["enrolments"] for row in counted if row["id"] is None)
    homes = sorted((row for row in counted if row["id"] is not None), key=_by_name)
    known = sum(row["enrolments"] for row in homes)
    lines = (
        *(
            Row(
                row["id"],
                (
                    row["name"],
                    row["enrolments"],
                    share(row["enrolments"], known),
                    row["population_share"],
                ),
                # A place to stay is no part of the association's population.
                rare=row["population_share"] is None,
            )
            for row in homes
        ),
        missing(nowhere, None, None),
    )
    return Section(
        id="municipality",
        title=TITLE,
        rule="Deltog i perioden; kommunens andel av befolkningen bredvid.",
        base=base,
        tables=(Table("municipality", _COLUMNS, lines),),
        warnings=check([known, nowhere], base.enrolments, "Kommunerna"),
    )


def _by_name(row: Record) -> str:
    name: str = row["name"]
    return name.casefold().translate(_ALPHABET)

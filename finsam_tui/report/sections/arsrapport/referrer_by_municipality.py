"""Referrers by municipality: who referred those who took part, and where these live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Section
from finsam_tui.report.sections._common import check
from finsam_tui.report.sections.arsrapport._places import cross_table, homes
from finsam_tui.report.sections.arsrapport._referrers import key_table

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Aktualiserande parter per kommun"
QUERIES = ("report_municipality", "report_referrers")


def section(rows: Rows, scope: Scope) -> Section:
    """Cross home and referrer, those who referred most first; below it their names and shares."""
    base = scope.bases["participated"]
    counted = rows["report_referrers"]
    places = homes(rows["report_municipality"])
    return Section(
        id="referrer_by_municipality",
        title=TITLE,
        rule="Deltog i perioden, efter hemkommun och den som aktualiserade. Flest först.",
        base=base,
        tables=(
            cross_table("cross", counted, places, scope.codes, of=base.of),
            key_table("referrers", counted, scope.codes, of=base.of),
        ),
        warnings=check((row["enrolments"] for row in counted), base, "Kommuner och parter"),
    )

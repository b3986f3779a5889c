"""Counties: what each has published of the year, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Base, Section, Told
from finsam_tui.report.sections.siffror._published import of_level, published, same

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Jämförelse mellan län"
QUERIES = ("report_siffror_comparison",)

LEVEL = "county"


def section(rows: Rows, scope: Scope) -> Section:
    """Print the figures as they were entered; none of them is counted in the register."""
    lines = of_level(rows["report_siffror_comparison"], LEVEL)
    own = next((line["name"] for line in lines if same(line["name"], line["own_county"])), "")
    year = scope.period.last.year
    return Section(
        id="counties",
        title=TITLE,
        rule=f"Vad länen har redovisat för {year}; inget är räknat i registret.",
        base=Base(),
        tables=tuple(published("counties", lines)),
        sentences=(
            Told(
                "{group} hade {participants} av länens {all.participants} deltagare.",
                "counties",
                own,
            ),
        )
        if own
        else (),
        notes=() if lines else (f"Inga jämförelsetal för län är inlagda för {year}.",),
    )

"""Which reports there are, in the order of the list, and the sections of each.

A section is a module of `sections`; several reports may have the same one. A new report is an entry
here, a new section a module with its queries and its name here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from finsam_tui.report.model import Section
    from finsam_tui.report.scope import Rows, Scope

DEFAULT = "oversikt"


class Maker(Protocol):
    """What a module of `sections` offers."""

    TITLE: str
    QUERIES: tuple[str, ...]

    def section(self, rows: Rows, scope: Scope) -> Section:
        """Return the section that the rows of QUERIES make."""


class Entry(NamedTuple):
    """A report: its title, and its sections by name of module, the last part of which is the id.

    One with `headlines` is a single page where the paper is wide enough for two columns; they are
    the sections whose main figures head it.
    """

    title: str
    sections: tuple[str, ...]
    headlines: tuple[str, ...] = ()

    def makers(self) -> dict[str, Maker]:
        """Return the makers of all sections by id, in order."""
        return {name.rpartition(".")[2]: _module(name) for name in self.sections}


def _module(name: str) -> Maker:
    return cast("Maker", importlib.import_module(f"finsam_tui.report.sections.{name}"))


REPORTS = {
    "oversikt": Entry(
        "Översikt",
        (
            *("participants", "sex", "municipality", "referrers", "steps", "programme_time"),
            *("violence", "ors", "followup", "gaps"),
        ),
        headlines=("participants", "steps", "violence", "followup"),
    ),
}

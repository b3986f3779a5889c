"""Which reports there are, in the order of the list, and the sections of each.

A section is a module of `sections`, most of them in the folder of their report. A new report is an
entry here, a new section a module with its queries and its name here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Collection

    from finsam_tui.report.model import Section
    from finsam_tui.report.scope import Query, Rows, Scope

DEFAULT = "oversikt"


class Maker(Protocol):
    """What a module of `sections` offers; and PARTS, if it prints texts: their codes."""

    TITLE: str
    QUERIES: tuple[Query, ...]

    def section(self, rows: Rows, scope: Scope) -> Section:
        """Return the section that the rows of QUERIES make."""


class Entry(NamedTuple):
    """A report: its title, and its sections by name of module, the last part of which is the id.

    `short` is what it is called where there is little room. One with `headlines` is a single page
    where the paper is wide enough for two columns; they are the sections whose main figures head
    it.
    """

    title: str
    short: str
    sections: tuple[str, ...]
    headlines: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all sections, in order; no section is loaded for it."""
        return tuple(name.rpartition(".")[2] for name in self.sections)

    def makers(self, wanted: Collection[str] = ()) -> dict[str, Maker]:
        """Return the makers of the sections `wanted`, or of all, by id, in order."""
        pairs = zip(self.ids, self.sections, strict=True)
        return {id: _module(name) for id, name in pairs if not wanted or id in wanted}


def _module(name: str) -> Maker:
    return cast("Maker", importlib.import_module(f"finsam_tui.report.sections.{name}"))


_OVERSIKT = (
    *("participants", "sex", "municipality", "referrers", "steps", "programme_time"),
    *("violence", "ors", "followup", "gaps"),
)
_SUS = (
    *("participants", "age", "education", "public_support_time", "programme_time"),
    *("closure_reason", "occupation", "work_or_studies", "livelihood", "livelihood_flow"),
    *("programmes", "sex"),
)
_SIFFROR = (
    *("counties", "associations", "home", "inflow", "referrers", "outflow", "results"),
    "structural",
)
_HELARSRAPPORT = (
    *("flows", "new_referrers", "young_activity_compensation", "target_group", "non_starts"),
    *("steps", "occupation", "ors", "onward", "extensions", "aftercare", "followup_6"),
    "followup_18",
)
_ARSRAPPORT = (
    *("purpose", "target_group", "referrals", "equality", "violence", "staff", "organisation"),
    *("results", "support", "programme_time", "statistics", "referrer_by_municipality", "years"),
    *("followup_6", "projects", "deviations"),
)
_MALUPPFYLLELSE = ("programmes", "structural", "goals", "followup")


def _in(folder: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{folder}.{name}" for name in names)


REPORTS = {
    "oversikt": Entry(
        "Översikt",
        "Översikt",
        _OVERSIKT,
        headlines=("participants", "steps", "violence", "followup"),
    ),
    "arsrapport": Entry("Årsrapport", "Årsrapport", _in("arsrapport", _ARSRAPPORT)),
    "sus": Entry("SUS", "SUS", _in("sus", _SUS)),
    "siffror": Entry("Insatserna i siffror", "Siffror", _in("siffror", _SIFFROR)),
    "helarsrapport": Entry("Helårsrapport", "Helår", _in("helarsrapport", _HELARSRAPPORT)),
    "maluppfyllelse": Entry("Måluppfyllelse", "Mål", _in("maluppfyllelse", _MALUPPFYLLELSE)),
    "personlista": Entry("Personlista", "Personer", _in("personlista", ("persons",))),
}


def parts(report_id: str, section_id: str) -> tuple[str, ...]:
    """Return the codes of the texts that a section prints, in order; none of most sections."""
    return getattr(REPORTS[report_id].makers([section_id])[section_id], "PARTS", ())

"""What enrolments end with: the result, and where it leaves the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from finsam_tui.demo.situations import LADDER, YOUNG, Situation, responsible

if TYPE_CHECKING:
    from finsam_tui.demo.chance import Chance
    from finsam_tui.demo.scene import Scene


@dataclass(frozen=True, slots=True)
class Ending:
    """One result and what goes with it; an empty value means "as before"."""

    result: str
    livelihood: str = ""
    occupation: str = ""
    extents: tuple[int, ...] = ()
    party: str = ""
    ordinary_service: str = "none"
    reason: str = "discharge"
    hours: range = range(5)


ENDINGS = {
    e.result: e
    for e in (
        Ending("employment", "wage", "work", (50, 75, 100), hours=range(20, 41)),
        Ending(
            "adapted_employment", "wage", "subsidised_work", (50, 75, 100), "employment_service",
            "employment_service", hours=range(20, 41),
        ),
        Ending(
            "job_seeking", "activity_support", "job_seeking", (), "employment_service",
            "employment_service", hours=range(10, 26),
        ),
        Ending(
            "employment_service", "activity_support", "job_seeking", (50, 75),
            "employment_service", "employment_service", hours=range(10, 26),
        ),
        Ending("studies", "student_aid", "studies", (50, 75, 100, 100), hours=range(15, 41)),
        Ending(
            "swedish_studies", "income_support", "studies", (50, 75), "municipality",
            "labour_market_unit", hours=range(12, 26),
        ),
        Ending("youth_follow_up", "", "studies", (25, 50), "municipality", "other"),
        Ending(
            "municipal_placement", "", "none", (), "municipality", "labour_market_unit",
            hours=range(8, 21),
        ),
        Ending(
            "daily_activity", "activity_compensation", "none", (), "municipality",
            "daily_activity", hours=range(8, 25),
        ),
        Ending(
            "enhanced_cooperation", "", "none", (), "social_insurance", "enhanced_cooperation",
            hours=range(8, 21),
        ),
        Ending("continued_rehabilitation", "", "none", (), "", "other",
            "continued_rehabilitation", range(4, 17),
        ),
        Ending("other_team", hours=range(2, 9), ordinary_service="other"),
        Ending("sickness_compensation", "sickness_compensation", "none", (), "social_insurance"),
        Ending("activity_compensation", "activity_compensation", "none", (), "social_insurance"),
        Ending("compensation_application", "", "none"),
        Ending("back_to_care", "", "none", (), "region_only", reason="illness"),
        Ending("back_to_social_insurance", "", "none", (), "social_insurance"),
        Ending("care_support", "", "none"),
        Ending("social_services_support", "", "none", (), "income_support"),
        Ending("broken_off"),
        Ending("moved", reason="moved"),
        Ending("parental_leave", "parental_benefit", "none", (), "social_insurance"),
    )
}  # fmt: skip


def pick(scene: Scene, assignment: str, age: int, *, good: bool) -> Ending:
    """Return an ending that counts as a positive step, or one that does not."""
    result = scene.pick(f"result_{assignment}" if good else "result_poor")
    if result == "sickness_compensation" and age < YOUNG:
        result = "activity_compensation"
    if result == "daily_activity" and age >= YOUNG:
        result = "municipal_placement"
    return ENDINGS[result]


def after(chance: Chance, start: Situation, ending: Ending, *, good: bool) -> Situation:
    """Return where an ending leaves somebody who stood at `start`."""
    livelihood = (ending.livelihood,) if ending.livelihood else start.livelihood
    if ending.occupation:
        extent = chance.one(ending.extents) if ending.extents else None
        occupation: tuple[str, int | None] = (ending.occupation, extent)
    else:
        occupation = start.occupation
    party = ending.party or responsible(livelihood[0], start.responsible)
    if "wage" in livelihood and not ending.party:
        party = "none"
    first = start.level or 0
    level = min(first + chance.one((1, 1, 2, 2, 3)), len(LADDER) - 1) if good else first
    hours = chance.one(ending.hours)
    return Situation(level, livelihood, occupation, party, max(hours, start.hours if good else 0))

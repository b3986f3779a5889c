"""Where somebody stands: the snapshot of every occasion, at the start, on the way and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.demo.rows import Assessment, AssessmentLivelihood, AssessmentOccupation

if TYPE_CHECKING:
    from datetime import date

    from finsam_tui.demo.scene import Scene

LADDER = ("introduction", "getting_going", "getting_to_work", "closure")
OWN_LIVELIHOOD = frozenset({"wage", "no_public"})

YOUNG = 30  # until then aktivitetsersättning is possible
_RESPONSIBLE = {
    "unemployment_benefit": "employment_service",
    "activity_support": "employment_service",
    "establishment": "employment_service",
    "activity_compensation": "social_insurance",
    "sickness_compensation": "social_insurance",
    "sickness_benefit": "social_insurance",
    "parental_benefit": "social_insurance",
    "income_support": "income_support",
}
_TO_ACTIVITY_COMPENSATION = 0.6  # of the young whom Försäkringskassan pays


class Situation(NamedTuple):
    """One snapshot; `level` is the place on the ladder from 0, None where it was not assessed."""

    level: int | None
    livelihood: tuple[str, ...]
    occupation: tuple[str, int | None]
    responsible: str
    hours: int

    @property
    def own_livelihood(self) -> bool:
        """Whether the person lives without public support."""
        return OWN_LIVELIHOOD.issuperset(self.livelihood)


def responsible(livelihood: str, otherwise: str = "none") -> str:
    """Return the party that answers for somebody who lives on that."""
    return _RESPONSIBLE.get(livelihood, otherwise)


def at_start(scene: Scene, party: str, age: int) -> Situation:
    """Return where somebody sent by `party` stands at the start."""
    main = scene.pick(f"from_{party}")
    if (
        main == "sickness_benefit"
        and age < YOUNG
        and scene.chance.happens(_TO_ACTIVITY_COMPENSATION)
    ):
        main = "activity_compensation"
    second = scene.pick("second_livelihood")
    alone = second in ("none", main) or main == "no_public"
    occupation, _, extent = scene.pick("occupation").partition(" ")
    return Situation(
        level=int(scene.pick("level")),
        livelihood=(main,) if alone else (main, second),
        occupation=(occupation, int(extent) if extent else None),
        responsible=responsible(main, "region_only" if scene.chance.happens(0.3) else "none"),
        hours=scene.chance.one((0, 0, 0, 0, 0, 2, 2, 3, 4, 6)),
    )


def between(start: Situation, end: Situation, share: float) -> Situation:
    """Return a snapshot on the way, `share` (0 to 1) of the time having gone by."""
    first, last = start.level or 0, end.level if end.level is not None else start.level or 0
    level = min(first + round((last - first) * share), len(LADDER) - 2)  # the last is for closure
    hours = round(start.hours + (end.hours - start.hours) * share)
    return Situation(level, start.livelihood, start.occupation, start.responsible, hours)


def assess(scene: Scene, enrolment: int, occasion: str, day: date, now: Situation) -> None:
    """Add the rows of one assessment."""
    key = scene.next_id("assessment")
    step = None if now.level is None else LADDER[now.level]
    scene.add(
        Assessment(key, enrolment, occasion, day.isoformat(), step, now.responsible, now.hours)
    )
    for livelihood in now.livelihood:
        scene.add(AssessmentLivelihood(key, livelihood))
    scene.add(AssessmentOccupation(key, *now.occupation))

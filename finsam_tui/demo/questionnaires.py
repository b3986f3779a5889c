"""Questionnaires that came back, three months into a programme and at its end: nobody's by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.demo.rows import Questionnaire, QuestionnaireAnswer
from finsam_tui.domain.dates import add_months

if TYPE_CHECKING:
    from finsam_tui.demo.contents import Enrolled
    from finsam_tui.demo.scene import Scene

_EARLY = 3  # months
_CAME_BACK = {"three_months": 0.55, "closure": 0.45}
_TELLS_SEX = 0.85
# How many say yes to each item: of those who take a step, and of the others.
_YES = {"useful": (0.9, 0.58), "readier": (0.72, 0.3), "plan": (0.93, 0.55)}
_NO_ANSWER, _LEFT_EMPTY = 0.06, 0.03


def questionnaires(scene: Scene, e: Enrolled) -> None:
    """Add those that an enrolment brought about, if they came back."""
    early = add_months(e.span.start, _EARLY)
    if early <= e.last_day(scene.today):
        _came_back(scene, e, "three_months", early.year)
    if e.span.end is not None:
        _came_back(scene, e, "closure", e.span.end.year)


def _came_back(scene: Scene, e: Enrolled, occasion: str, year: int) -> None:
    chance = scene.aside
    if not chance.happens(_CAME_BACK[occasion]):
        return
    key = scene.next_id("questionnaire")
    sex = e.person.sex if chance.happens(_TELLS_SEX) else None
    scene.add(Questionnaire(key, e.span.programme.id, occasion, year, sex))
    for item, (good, poor) in _YES.items():
        if not chance.happens(_LEFT_EMPTY):
            answer = "yes" if chance.happens(good if e.good else poor) else "no"
            answer = "no_answer" if chance.happens(_NO_ANSWER) else answer
            scene.add(QuestionnaireAnswer(key, item, answer))

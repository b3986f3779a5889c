"""The violence screening of a new participant: most answer, some decline, some must wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from finsam_tui.demo.chance import workday
from finsam_tui.demo.rows import Screening, ScreeningAnswer
from finsam_tui.domain.screening import derive
from finsam_tui.forms.instrument import instrument

if TYPE_CHECKING:
    from finsam_tui.demo.contents import Enrolled
    from finsam_tui.demo.scene import Scene

INSTRUMENT = "vald-7"
_EXPOSED = {"woman": 0.7, "man": 0.47, "other": 0.65}
# Of those exposed: psychological, physical, sexual violence; of all: the six that follow.
_KINDS = (0.9, 0.62, 0.26)
_INFLICTED = (0.1, 0.05, 0.005)
_WITNESSED = {True: 0.38, False: 0.06}
_NO_ANSWER = 0.015
_NO_OCCASION, _DECLINED = 0.1, 0.1


def screenings(scene: Scene, e: Enrolled) -> None:
    """Add the screening, and before it the occasion that was none."""
    if "screening" in e.gaps:
        return
    day = workday(e.span.start + timedelta(scene.chance.between(7, 44)))
    last = e.last_day(scene.today)
    if scene.chance.happens(_NO_OCCASION) and e.span.start <= day <= last:
        again = workday(day + timedelta(scene.chance.one((14, 21, 28))))
        scene.add(_no_occasion(scene, e, day, again))
        day = again
    if e.span.start <= day <= last:
        _ask(scene, e, day)


def _no_occasion(scene: Scene, e: Enrolled, day: date, again: date) -> Screening:
    return Screening(
        id=scene.next_id("screening"),
        enrolment_id=e.id,
        date=day.isoformat(),
        status="no_occasion",
        alone=0,
        why=scene.phrase("no_occasion"),
        new_date=again.isoformat(),
    )


def _ask(scene: Scene, e: Enrolled, day: date) -> None:
    """Add a screening held with the safety routine kept: declined, or answered."""
    key = scene.next_id("screening")
    routine = Screening(
        id=key,
        enrolment_id=e.id,
        date=day.isoformat(),
        status="declined",
        alone=1,
        interpreter="professional" if e.person.interpreter else "not_needed",
        informed=1,
    )
    if scene.chance.happens(_DECLINED):
        scene.add(routine)
        return
    answers = _answers(scene, exposed=scene.chance.happens(_EXPOSED[e.person.sex]))
    found = derive(answers, instrument(INSTRUMENT).keys("exposed"))
    scene.add(
        routine._replace(
            status="answered",
            instrument=INSTRUMENT,
            ongoing=int(found.exposed and scene.chance.happens(0.06)),
            referred_to=scene.phrase("helped_by")
            if found.exposed and scene.chance.happens(0.3)
            else None,
            child_at_harm=int(found.any_yes and scene.chance.happens(0.03)),
            exposed=int(found.exposed),
            any_yes=int(found.any_yes),
            kinds="|".join(found.kinds) or None,
        )
    )
    for item, answer in answers.items():
        scene.add(ScreeningAnswer(key, item, answer))


def _answers(scene: Scene, *, exposed: bool) -> dict[str, str]:
    """Return item → yes, no or no_answer."""
    kinds = _KINDS if exposed else (0.0, 0.0, 0.0)
    chances = (*kinds, *_INFLICTED, _WITNESSED[exposed])
    answers = {}
    for item, chance in zip(instrument(INSTRUMENT).items, chances, strict=True):
        answer = "yes" if scene.chance.happens(chance) else "no"
        answers[item.key] = "no_answer" if scene.chance.happens(_NO_ANSWER) else answer
    return answers

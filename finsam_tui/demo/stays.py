"""One enrolment, from the referral that led to it to the calls after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.demo import arrivals, calls, contents, endings, situations
from finsam_tui.demo.contents import Enrolled
from finsam_tui.demo.courses import GAPS
from finsam_tui.demo.questionnaires import questionnaires
from finsam_tui.demo.rows import Enrolment, EnrolmentResult, EnrolmentSupport
from finsam_tui.demo.screenings import screenings
from finsam_tui.domain.steps import is_positive
from finsam_tui.forms.codes import default_codes

if TYPE_CHECKING:
    from datetime import date

    from finsam_tui.demo.courses import Stay
    from finsam_tui.demo.people import Person
    from finsam_tui.demo.scene import Scene
    from finsam_tui.demo.timing import Span

# Report 003: nine of ten take a positive step after mapping, half of them after work training.
_GOOD = {"mapping": 0.84, "work_training": 0.5, "study_motivation": 0.6, "other": 0.6}
_GAP = {"screening": 0.16, "ors": 0.2, "plan": 0.08, "plan_review": 0.2, "month": 0.22}
_UNMEASURED, _REASON_MISSING = 0.08, 0.02
_POSITIVE = {code.key for code in default_codes() if code.list == "result" and code.positive}


def enrol(scene: Scene, person: Person, stay: Stay, span: Span, after: date) -> None:
    """Add one enrolment with all that belongs to it; its referral is not older than `after`."""
    referral = arrivals.started(scene, person.id, span.programme.id, span.start, after)
    start = situations.at_start(scene, referral.party, person.age(span.start))
    good = scene.chance.happens(_GOOD[span.assignment])
    ending = endings.pick(scene, span.assignment, person.age(span.start), good=good)
    e = Enrolled(
        id=scene.next_id("enrolment"),
        person=person,
        span=span,
        stay=stay,
        staff=scene.chance.one(span.programme.coaches),
        start=start,
        end=endings.after(scene.chance, start, ending, good=good),
        good=good,
        gaps=_gaps(scene, stay),
    )
    row = _enrolment(scene, e, referral.id)
    if span.end is None:
        scene.add(row)
    else:
        _close(scene, e, row, ending, span.end)
    situations.assess(scene, e.id, "start", span.start, start)
    _contents(scene, e)


def _gaps(scene: Scene, stay: Stay) -> frozenset[str]:
    if stay.gaps is not None:
        return stay.gaps
    return frozenset(gap for gap in GAPS if scene.chance.happens(_GAP[gap]))


def _enrolment(scene: Scene, e: Enrolled, referral: int) -> Enrolment:
    return Enrolment(
        id=e.id,
        participant_id=e.person.id,
        referral_id=referral,
        programme=e.span.programme.id,
        staff=e.staff,
        assignment=e.span.assignment,
        start_date=e.span.start.isoformat(),
        education=scene.pick("education"),
        public_support_time=scene.pick("public_support_time"),
        end_date=None,
        closure_reason=None,
        ordinary_service=None,
        enhanced_cooperation=None,
    )


def _contents(scene: Scene, e: Enrolled) -> None:
    contents.months(scene, e)
    contents.plans(scene, e)
    contents.notes(scene, e)
    contents.ors(scene, e)
    contents.extensions(scene, e)
    screenings(scene, e)
    questionnaires(scene, e)
    wanted = scene.chance.one((2, 2, 3, 4)) if e.span.assignment == "mapping" else 0
    if scene.chance.happens(0.25):
        wanted += 1
    for support in dict.fromkeys(scene.pick("support") for _ in range(wanted)):
        scene.add(EnrolmentSupport(e.id, support))


def _close(scene: Scene, e: Enrolled, row: Enrolment, ending: endings.Ending, closed: date) -> None:
    """Add the closure: reason, result, end assessment, and the calls that it brings about."""
    unmeasured = scene.chance.happens(_UNMEASURED)
    missing = scene.chance.happens(_REASON_MISSING)
    reason = "unmeasured" if unmeasured else "missing" if missing else ending.reason
    scene.add(
        row._replace(
            end_date=closed.isoformat(),
            closure_reason=reason,
            ordinary_service=ending.ordinary_service,
            enhanced_cooperation=int(ending.result == "enhanced_cooperation"),
        )
    )
    scene.add(EnrolmentResult(e.id, ending.result))
    at_end = e.end._replace(level=None) if unmeasured else e.end
    situations.assess(scene, e.id, "closure", closed, at_end)
    if not e.person.anonymous:
        e = e._replace(end=at_end)
        positive = is_positive(
            e.start.level, at_end.level, positive_result=ending.result in _POSITIVE
        )
        calls.calls(scene, e, closed, positive=positive)

"""What an enrolment holds between its start and its end: plans, notes, months, ORS, extensions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.demo.chance import clipped, workday
from finsam_tui.demo.courses import NO_END_ORS
from finsam_tui.demo.rows import Extension, Note, Ors, Plan
from finsam_tui.demo.situations import assess, between
from finsam_tui.domain import ors as ors_rules
from finsam_tui.domain.dates import add_months

if TYPE_CHECKING:
    from finsam_tui.demo.courses import Stay
    from finsam_tui.demo.people import Person
    from finsam_tui.demo.scene import Scene
    from finsam_tui.demo.situations import Situation
    from finsam_tui.demo.timing import Span

_ORS_MEAN, _ORS_SPREAD = 18.8, 7.4  # report 002: 18,8 at the start, from 1,4 to 35,9
_ORS_LOW, _ORS_HIGH = 1.4, 38.0
_RISE, _RISE_SPREAD = {True: 6.5, False: 0.3}, 4.0
_REVIEW_MONTHS = 3
_PLAN_RENEWED, _MONTH_ASSESSED = 0.72, 0.45
_DAYS_BETWEEN_NOTES = 60
_MONTH = 30  # days
_STALE = 75  # days without a monthly assessment where that is the gap
_FRESH = 30
_NEARING = 25  # days before the limit that an extension is decided
_EXTENDED = 0.85


class Enrolled(NamedTuple):
    """One enrolment while its contents are made. `end` is where it leads, reached or not."""

    id: int
    person: Person
    span: Span
    stay: Stay
    staff: str
    start: Situation
    end: Situation
    good: bool
    gaps: frozenset[str]

    def last_day(self, today: date) -> date:
        """Return the last day that anything can have happened on."""
        return self.span.end or today


def months(scene: Scene, e: Enrolled) -> None:
    """Add monthly assessments, not every month, the last ones lately unless that is the gap."""
    begin, last = e.span.start, e.last_day(scene.today)
    whole = max(1, (last - begin).days)
    stop = min(last, scene.today - timedelta(_STALE)) if "month" in e.gaps else last
    fresh = scene.today - timedelta(_FRESH) if e.span.end is None else last
    for days in range(_MONTH, whole, _MONTH):
        day = workday(begin + timedelta(days))
        if day >= stop:
            break
        if day >= fresh or scene.chance.happens(_MONTH_ASSESSED):
            assess(scene, e.id, "month", day, between(e.start, e.end, days / whole))


def plans(scene: Scene, e: Enrolled) -> None:
    """Add the individual plan and its revisions; the last is out of date if that is the gap."""
    if "plan" in e.gaps:
        return
    last = e.last_day(scene.today)
    day = workday(e.span.start + timedelta(scene.chance.between(5, 34)))
    while e.span.start <= day <= last:
        review = add_months(day, _REVIEW_MONTHS)
        scene.add(Plan(e.id, day.isoformat(), scene.phrase("goal"), review.isoformat()))
        current = e.span.end is None and review >= scene.today
        if current or ("plan_review" in e.gaps and add_months(review, 3) > scene.today):
            break
        if e.span.end is not None and not scene.chance.happens(_PLAN_RENEWED):
            break
        day = workday(review - timedelta(scene.chance.between(0, 11)))


def notes(scene: Scene, e: Enrolled) -> None:
    """Add notes: the first and last meetings, and what was between."""
    begin, last = e.span.start, e.last_day(scene.today - timedelta(1))
    if last < begin:
        return
    _note(scene, e, begin, "first_note")
    days = (last - begin).days
    for place in range(days // _DAYS_BETWEEN_NOTES):
        first = place * _DAYS_BETWEEN_NOTES
        day = workday(
            begin + timedelta(scene.chance.between(first + 4, first + _DAYS_BETWEEN_NOTES - 1))
        )
        _note(scene, e, day, "note")
    if e.span.end is not None:
        _note(scene, e, last, "last_note")


def _note(scene: Scene, e: Enrolled, day: date, kind: str) -> None:
    scene.add(Note(e.id, scene.chance.office_hour(day), e.staff, scene.phrase(kind)))


def extensions(scene: Scene, e: Enrolled) -> None:
    """Add the decisions that let the enrolment go on past the limit; some lack them."""
    wanted = e.stay.extended
    last = e.last_day(scene.today)
    limit = add_months(e.span.start, e.span.programme.max_months)
    while limit < last:
        if wanted is False or (wanted is None and not scene.chance.happens(_EXTENDED)):
            return
        count = scene.chance.one((3, 6, 6))
        day = workday(limit - timedelta(scene.chance.between(3, _NEARING - 1)))
        reason = scene.phrase("extension_reason")
        scene.add(Extension(e.id, day.isoformat(), count, e.start.livelihood[0], reason))
        limit = add_months(limit, count)


def ors(scene: Scene, e: Enrolled) -> None:
    """Add ORS at the start, sometimes on the way, and at closure for fewer than half."""
    first = clipped(scene.chance.gauss(_ORS_MEAN, _ORS_SPREAD), _ORS_LOW, _ORS_HIGH)
    if "ors" not in e.gaps:
        day = workday(e.span.start + timedelta(scene.chance.between(0, 20)))
        _measure(
            scene, e, "start", max(day, e.span.start), first if scene.chance.happens(0.86) else None
        )
    rise = scene.chance.gauss(_RISE[e.good], _RISE_SPREAD)
    last = e.last_day(scene.today)
    halfway = workday(e.span.start + (last - e.span.start) / 2)
    if (last - e.span.start).days > 120 and scene.chance.happens(0.3):  # noqa: PLR2004
        _measure(scene, e, "during", halfway, first + rise / 2)
    if e.span.end is not None and NO_END_ORS not in e.gaps:
        taken = scene.chance.happens(0.45)
        _measure(scene, e, "closure", e.span.end, first + rise if taken else None)


def _measure(scene: Scene, e: Enrolled, occasion: str, day: date, total: float | None) -> None:
    """Add four scores around a quarter of `total` each, or why there are none."""
    if day > scene.today:
        return
    if total is None:
        reason = scene.pick("ors_not_taken")
        scene.add(Ors(e.id, occasion, day.isoformat(), not_taken=reason))
        return
    gauss = scene.chance.gauss
    scores = [round(clipped(gauss(total / 4, 1.2), 0, ors_rules.SCORE_MAX), 1) for _ in range(4)]
    one, two, three, four = scores
    summed = ors_rules.total(scores)
    scene.add(Ors(e.id, occasion, day.isoformat(), one, two, three, four, summed))

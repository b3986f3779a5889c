"""After closure: the follow-up calls with their attempts and answers, and aftercare."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from finsam_tui.demo.chance import workday, workday_after
from finsam_tui.demo.rows import Aftercare, Attempt, FollowUp, FollowUpFurtherStep
from finsam_tui.demo.situations import Situation, assess
from finsam_tui.domain.dates import months_between
from finsam_tui.domain.follow_up import OUTSIDE_SAMPLE, due_date, window

if TYPE_CHECKING:
    from finsam_tui.demo.contents import Enrolled
    from finsam_tui.demo.scene import Scene

_LATE_DAYS, _LATE = 25, 0.06
_SOON = timedelta(minutes=75)
_GRID = 15  # minutes
_READIER = {True: 0.68, False: 0.28}
_WANTS_SUPPORT, _GETS_IT = 0.12, 0.9
_OTHER_AFTERCARE = 0.05


def calls(scene: Scene, e: Enrolled, closed: date, *, positive: bool) -> None:
    """Add the follow-ups of an enrolment closed on a day, with or without a positive step."""
    now, first, outside = e.end, e.stay.call, ""
    for months in e.span.programme.follow_up:
        due = due_date(closed, int(months))
        state = first or outside or _state(scene, due)
        call = _Call(scene, e, months, due, closed)
        now = call.make(state, now, positive=positive)
        first, outside = None, state if state in OUTSIDE_SAMPLE else ""
    if scene.chance.happens(_OTHER_AFTERCARE):
        _aftercare(scene, e, closed, closed + timedelta(scene.chance.between(14, 299)))


def _state(scene: Scene, due: date) -> str:
    days = window(due)
    if scene.today <= days.first:
        return "untried"
    if scene.today > days.last:
        return scene.pick("call_passed")
    return scene.pick("call_overdue" if scene.today > due else "call_open")


class _Call:
    """One follow-up on its way to rows."""

    def __init__(self, scene: Scene, e: Enrolled, months: str, due: date, closed: date) -> None:
        self.scene, self.e, self.closed = scene, e, closed
        self.row = FollowUp(scene.next_id("follow_up"), e.id, months, due.isoformat())
        days = window(due)
        late = timedelta(_LATE_DAYS if scene.chance.happens(_LATE) else 0)
        self.first, self.last = days.first, min(days.last + late, scene.today - timedelta(1))

    def make(self, state: str, before: Situation, *, positive: bool) -> Situation:
        """Add the rows of the call; return where the person stands after it."""
        scene, callback = self.scene, None
        if state.startswith("callback"):
            callback = _callback(scene, state)
            self.last = min(self.last, date.fromisoformat(callback[:10]) - timedelta(1))
        days = self._days(state)
        if not days:
            scene.add(self.row)
            return before
        outcome = "call_back" if callback else state
        day = self._attempts(days, outcome, callback)
        row = self.row._replace(outcome=outcome, date=day.isoformat(), callback_at=callback)
        if outcome == "answered":
            return self._answered(row, day, before, positive=positive)
        scene.add(row._replace(consent=0 if outcome == "no_consent" else None))
        return before

    def _days(self, state: str) -> list[date]:
        """Return the days somebody was phoned on, in order."""
        span = (self.last - self.first).days
        if state == "untried" or span < 1:
            return []
        chance = self.scene.chance
        wanted = chance.one((2, 3, 4) if state == "no_answer" else (1, 1, 1, 2, 3))
        days = {workday(self.first + timedelta(chance.between(1, span))) for _ in range(wanted)}
        return sorted(days)

    def _attempts(self, days: list[date], outcome: str, callback: str | None) -> date:
        """Add an attempt a day, the last one with the outcome; return its day."""
        for day in days:
            at = self.scene.chance.office_hour(day)
            last = day == days[-1]
            what = (outcome, callback) if last else ("no_answer", None)
            self.scene.add(Attempt(self.row.id, at, *what, self.e.staff))
        return days[-1]

    def _answered(
        self, row: FollowUp, day: date, before: Situation, *, positive: bool
    ) -> Situation:
        """Add what was answered on a day."""
        scene, chance = self.scene, self.scene.chance
        kept = scene.pick("kept_step") if positive else None
        now = _moved(scene, self.e, before, kept)
        wants = scene.chance.happens(_WANTS_SUPPORT)
        mood = "call_good" if positive and kept != "lost" else "call_hard"
        scene.add(
            row._replace(
                consent=1,
                kept_step=kept,
                own_livelihood=int(now.own_livelihood),
                wants_support=int(wants),
                usefulness=int(scene.pick("usefulness" if positive else "usefulness_poor")),
                readier=int(scene.chance.happens(_READIER[positive])),
                comment=scene.phrase(mood) if scene.chance.happens(0.35) else None,
            )
        )
        assess(scene, self.e.id, row.months, day, now)
        if kept == "further" or scene.chance.happens(0.08):
            for step in dict.fromkeys(
                scene.pick("further_step") for _ in range(chance.one((1, 1, 2)))
            ):
                scene.add(FollowUpFurtherStep(row.id, step))
        if wants and scene.chance.happens(_GETS_IT):
            _aftercare(scene, self.e, self.closed, day + timedelta(chance.between(1, 14)))
        return now


def _moved(scene: Scene, e: Enrolled, before: Situation, kept: str | None) -> Situation:
    """Return where somebody stands who kept, lost or went beyond the step."""
    if kept == "lost":
        return before._replace(level=e.start.level, occupation=("none", None), hours=0)
    if kept == "further" and before.occupation[0] in ("job_seeking", "none", "subsidised_work"):
        work = ("work", scene.chance.one((50, 75, 100)))
        return Situation(3, ("wage",), work, "none", scene.chance.between(20, 40))
    if kept == "further":
        return before._replace(hours=min(40, before.hours + 4))
    return before


def _callback(scene: Scene, state: str) -> str:
    """Return when the person asked to be called: within hours, on a later day, or days ago."""
    if state == "callback_soon":
        at = scene.now + _SOON
        minute = at.minute - at.minute % _GRID
        return at.replace(minute=minute).isoformat(timespec="minutes")
    if state == "callback_missed":
        day = workday(scene.today - timedelta(scene.chance.between(1, 2)))
        return datetime.combine(day, time(14, 30)).isoformat(timespec="minutes")
    day = scene.today
    for _ in range(scene.chance.between(1, 4)):
        day = workday_after(day)
    return scene.chance.office_hour(day)


def _aftercare(scene: Scene, e: Enrolled, closed: date, day: date) -> None:
    day = workday(day)
    if not closed <= day <= scene.today:
        return
    scene.add(
        Aftercare(
            enrolment_id=e.id,
            date=day.isoformat(),
            months_after=months_between(closed, day),
            purpose=scene.phrase("aftercare_purpose"),
            minutes=scene.chance.one((15, 20, 30, 30, 45, 60, 60, 90, 120)),
            comment=scene.phrase("aftercare_comment") if scene.chance.happens(0.6) else None,
            result=scene.phrase("aftercare_result") if scene.chance.happens(0.7) else None,
        )
    )

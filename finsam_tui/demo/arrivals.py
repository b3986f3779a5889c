"""The way in: referrals with their outcome, and advice calls that are counted without a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from finsam_tui.demo import timing
from finsam_tui.demo.association import YOUNG
from finsam_tui.demo.chance import workday
from finsam_tui.demo.rows import Advice, Referral

if TYPE_CHECKING:
    from finsam_tui.demo.scene import Scene

_WAIT_MEAN, _WAIT_MOST = 32, 200

# Beside the people of a block: referrals that never became a person, and advice calls.
_NAMELESS_SHARE = 0.14
_ADVICE_SHARE = 0.9


def started(scene: Scene, participant: int, programme: str, start: date, after: date) -> Referral:
    """Add and return the referral that led to an enrolment on `start`, not before `after`."""
    wait = min(_WAIT_MOST, int(scene.chance.expovariate(1 / _WAIT_MEAN)))
    day = max(after, workday(start - timedelta(wait)))
    hours = _hours(scene, 2.0) if scene.chance.happens(0.5) else None
    return _add(scene, participant, programme, min(day, start), "start", hours=hours)


def waiting(scene: Scene, participant: int, programme: str, waited: int) -> None:
    """Add the referral of somebody who has been in the queue for so many days."""
    day = workday(scene.today - timedelta(waited))
    hours = _hours(scene, 1.5) if scene.chance.happens(0.4) else None
    _add(scene, participant, programme, day, "queue", hours=hours)


def turned_away(scene: Scene, participant: int | None, programme: str, day: date, how: str) -> None:
    """Add a referral that never started (`how`: non_start), or that advice was enough for."""
    reason = scene.pick("non_start_reason") if how == "non_start" else None
    _add(scene, participant, programme, day, how, reason=reason, hours=_hours(scene, 2.5))


def beside(scene: Scene, people: int) -> None:
    """Add what comes in beside so many people: nameless referrals and advice calls."""
    for _ in range(round(people * _NAMELESS_SHARE)):
        day = timing.random_day(scene)
        programme = timing.programme_on(scene, day, young=None).id
        how = "advice" if scene.chance.happens(0.2) else "non_start"
        turned_away(scene, None, programme, day, how)
    for _ in range(round(people * _ADVICE_SHARE)):
        scene.add(_advice(scene))


def _add(  # noqa: PLR0913 - a referral has that many answers
    scene: Scene,
    participant: int | None,
    programme: str,
    day: date,
    outcome: str,
    *,
    reason: str | None = None,
    hours: float | None = None,
) -> Referral:
    party, _, unit = scene.pick("referrer_young" if programme == YOUNG else "referrer").partition(
        " "
    )
    said = "non_start_comment" if outcome == "non_start" else "referral_comment"
    comment = scene.phrase(said) if scene.chance.happens(0.3) else None
    referral = Referral(
        id=scene.next_id("referral"),
        participant_id=participant,
        programme=programme,
        date=day.isoformat(),
        party=party,
        unit=unit or None,
        outcome=outcome,
        reason=reason,
        hours=hours,
        comment=comment,
    )
    scene.add(referral)
    return referral


def _hours(scene: Scene, mean: float) -> float:
    """Return half an hour to ten, in half hours: report 002 has 2,47 on average."""
    return max(1, min(20, round(scene.chance.gammavariate(2.2, mean / 1.1)))) / 2


def _advice(scene: Scene) -> Advice:
    day = timing.random_day(scene)
    return Advice(
        date=day.isoformat(),
        programme=timing.programme_on(scene, day, young=None).id,
        caller=scene.pick("advice_caller"),
        referred_to=scene.phrase("advised") if scene.chance.happens(0.7) else None,
        count=2 if scene.chance.happens(0.06) else 1,
    )

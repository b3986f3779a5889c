"""What happens to each participant, in outline: a cast that fills every list, and then chance.

People come in blocks, one after the other in time as in any register: those of a year lie together.
Of 100 000 people no more is in memory than of 180. There is a cast for each block, so a register of
any size has its share of every case; where people are spread over more than four years, for as many
fewer of the blocks. The cast is of the present, and so in the last of the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from finsam_tui.demo.association import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.demo.scene import Scene

BLOCK = 180

# What an ongoing enrolment can lack.
GAPS = ("screening", "ors", "plan", "plan_review", "month")
NO_END_ORS = "ors_closure"  # what a closed one can lack, if it came from an older register


@dataclass(frozen=True, slots=True)
class Stay:
    """One enrolment in outline; whatever is None is left to chance.

    `due_in`: days until the first follow-up call, so the enrolment is closed; `call`: how that call
    stands, one of the call_ tables in distributions.toml or callback_soon or callback_missed.
    `began`: days ago that an enrolment, still open, started; `months` earlier if that is given.
    """

    began: int | None = None
    due_in: int | None = None
    call: str | None = None
    gaps: frozenset[str] | None = None
    months: int = 0
    extended: bool | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One participant's way in outline: the outcome of the referral and, if it began, the stays."""

    outcome: str = "start"
    waited: int | None = None  # days in the queue
    stays: tuple[Stay, ...] = (Stay(),)
    anonymous: bool = False
    protected: bool = False


def _call(due_in: int, state: str) -> Course:
    return Course(stays=(Stay(due_in=due_in, call=state),))


def _open(began: int, *gaps: str) -> Course:
    return Course(stays=(Stay(began=began, gaps=frozenset(gaps)),))


def _limit(began: int, *, extended: bool) -> Course:
    stay = Stay(months=12, began=began, extended=extended, gaps=frozenset())
    return Course(stays=(stay,))


CAST: tuple[Course, ...] = (
    # Calls: window open, due day not yet come
    *(_call(due_in, "untried") for due_in in (9, 14, 21)),
    _call(7, "callback_soon"),
    _call(12, "no_answer"),
    # overdue
    *(_call(due_in, "untried") for due_in in (-4, -11, -29)),
    *(_call(due_in, "no_answer") for due_in in (-8, -37)),
    _call(-16, "callback_later"),
    _call(-21, "callback_later"),
    _call(-33, "callback_missed"),
    # done with, and too late
    _call(-6, "answered"),
    _call(-12, "number_changed"),
    _call(-25, "declined"),
    _call(-75, "no_answer"),
    _call(-82, "untried"),
    # Closed lately, without ORS
    *(Course(stays=(Stay(due_in=due_in, gaps=frozenset({NO_END_ORS})),)) for due_in in (139, 161)),
    # The one with protected identity: back after an earlier time, with a call due and a gap.
    Course(
        protected=True,
        stays=(Stay(due_in=-2, call="untried"), Stay(began=55, gaps=frozenset({"screening"}))),
    ),
    # Ongoing with gaps, and one with none
    *(_open(began, "screening") for began in (48, 110)),
    *(_open(began, "ors") for began in (62, 131)),
    *(_open(began, "plan") for began in (41, 97)),
    *(_open(began, "plan_review") for began in (168, 205)),
    *(_open(began, "month") for began in (122, 190)),
    _open(75),
    _open(6, "screening", "ors", "plan", "month"),  # began last week: all is still to be done
    # The time limit: near, passed, extended
    *(_limit(began, extended=False) for began in (-12, -24, 19)),
    _limit(70, extended=True),
    # The queue, four of them for over four months
    *(
        Course("queue", waited=waited, stays=())
        for waited in (3, 8, 17, 26, 39, 58, 77, 98, 129, 146, 171, 203)
    ),
)

_CASTS = 3  # at most in a block: there are others, too
_ANONYMOUS_EVERY = 35
_COMES_BACK = 0.12


def courses(scene: Scene, size: int, years: int = YEARS) -> Iterator[list[Course]]:
    """Yield the courses of `size` participants, a block at a time, in no order.

    Each block has its turn in the time that people come in, as long as those by chance are many.
    """
    counts = [min(BLOCK, size - first) for first in range(0, size, BLOCK)]
    casts = _casts(counts, ceil(len(counts) * YEARS / years))
    chances = [max(1, count - len(cast)) for count, cast in zip(counts, casts, strict=True)]
    ends = [end / sum(chances) for end in accumulate(chances, initial=0)]
    for cast, count, *scene.turn in zip(casts, counts, ends, ends[1:], strict=False):
        block = [*cast, *(_by_chance(scene, i) for i in range(count - len(cast)))]
        scene.chance.shuffle(block)
        yield block


def _casts(counts: list[int], wanted: int) -> list[tuple[Course, ...]]:
    """Return the cast of each block of so many people: `wanted` in all, in the last of them."""
    casts = []
    for count in reversed(counts):
        times = min(wanted, _CASTS if count == BLOCK else 1)
        casts.append((CAST * times)[:count])
        wanted -= times
    return casts[::-1]


def _by_chance(scene: Scene, place: int) -> Course:
    outcome = scene.pick("outcome")
    anonymous = place % _ANONYMOUS_EVERY == _ANONYMOUS_EVERY - 1
    if outcome != "start":
        return Course(outcome, stays=(), anonymous=anonymous)
    stays = (Stay(), Stay()) if scene.chance.happens(_COMES_BACK) else (Stay(),)
    return Course(stays=stays, anonymous=anonymous)

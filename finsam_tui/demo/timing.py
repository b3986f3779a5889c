"""When enrolments begin and end: outlines become dates."""

from __future__ import annotations

from bisect import bisect
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.demo.association import USUAL, YOUNG
from finsam_tui.demo.chance import clipped, workday
from finsam_tui.domain.dates import add_months

if TYPE_CHECKING:
    from finsam_tui.demo.association import Programme
    from finsam_tui.demo.courses import Stay
    from finsam_tui.demo.scene import Scene

FIRST_CALL = 6  # months after closure

# How many begin, year by year, beside each other. The cast adds to the last two: the association
# grows.
_FIRST, _LATER, _LAST = 1.35, 1.3, (0.75, 0.7)
_MEAN_DAYS = {"mapping": 235, "work_training": 345, "study_motivation": 280, "other": 240}
_SHAPE = 3.2  # of the gamma distribution of lengths: few very short, some long
_SHORTEST, _LONGEST = 20, 800
_PAUSE = range(60, 420)


class Span(NamedTuple):
    """An enrolment's place in time; `end` is None while it is open."""

    programme: Programme
    assignment: str
    start: date
    end: date | None


def first_span(scene: Scene, stay: Stay) -> Span:
    """Return when and where somebody's first stay is."""
    if stay.due_in is not None:
        return _closed(scene, stay.due_in)
    if stay.began is not None:
        return _open(scene, stay, young=False)
    return _by_chance(scene, random_day(scene), young=None)


def next_span(scene: Scene, stay: Stay, previous: Span, *, young: bool) -> Span | None:
    """Return when and where the stay after another is; None where there is no time for it yet."""
    if stay.began is not None:
        return _open(scene, stay, young=young)
    if previous.end is None:
        return None
    start = workday(previous.end + timedelta(scene.chance.one(_PAUSE)))
    return _by_chance(scene, start, young=young) if start < scene.today else None


def random_day(scene: Scene) -> date:
    """Return a working day of the association's life until today, in the part that `turn` says."""
    first = scene.association.start
    years, sums = _years(first, scene.today)
    low, high = (share * sums[-1] for share in scene.turn)
    at = low + (high - low) * scene.chance.random()
    place = bisect(sums, at, hi=len(years) - 1)
    (begins, days), before = years[place], sums[place - 1] if place else 0.0
    since, until = (
        (min(max(end, before), sums[place]) - before) / (sums[place] - before)
        for end in (low, high)
    )
    gone = int((since + (until - since) * scene.chance.random()) * days)
    return max(first, workday(begins + timedelta(gone)))


@cache
def _years(first: date, today: date) -> tuple[list[tuple[date, int]], list[float]]:
    """Return the years until today, each as its first day and how many days of it have gone by.

    Beside them stands how many people have come by the end of each, in a unit of its own.
    """
    years, people = [], []
    between = today.year - first.year - len(_LAST)
    for place, growth in enumerate((_FIRST, *[_LATER] * between, *_LAST)):
        begins = date(first.year + place, 1, 1)
        days = (min(today, date(first.year + place, 12, 31)) - begins).days
        if days > 0:
            years.append((begins, days))
            people.append(growth * days)
    return years, list(accumulate(people))


def _closed(scene: Scene, due_in: int) -> Span:
    """Return a span whose first follow-up call falls due in so many days."""
    programme = scene.association.programmes[USUAL]
    assignment = programme.assignments.pick(scene.chance)
    end = workday(add_months(scene.today + timedelta(due_in), -FIRST_CALL))
    start = max(programme.start, workday(end - timedelta(_length(scene, assignment))))
    return Span(programme, assignment, start, end)


def _open(scene: Scene, stay: Stay, *, young: bool) -> Span:
    programme = scene.association.programmes[YOUNG if young else USUAL]
    assignment = programme.assignments.pick(scene.chance)
    day = scene.today - timedelta(stay.began or 0)
    return Span(programme, assignment, workday(add_months(day, -stay.months)), None)


def _by_chance(scene: Scene, start: date, *, young: bool | None) -> Span:
    programme = programme_on(scene, start, young=young)
    assignment = programme.assignments.pick(scene.chance)
    end = workday(start + timedelta(_length(scene, assignment)))
    if programme.end:
        end = min(end, workday(programme.end))
    return Span(programme, assignment, start, end if end <= scene.today else None)


def programme_on(scene: Scene, start: date, *, young: bool | None) -> Programme:
    """Return one of the programmes that take people on that day."""
    while True:
        p = scene.association.programmes[scene.pick("programme")]
        ends_soon = p.end and start + timedelta(_SHORTEST * 4) > p.end
        if p.start <= start and not ends_soon and (young is not False or p.id != YOUNG):
            return p


def _length(scene: Scene, assignment: str) -> int:
    mean = _MEAN_DAYS[assignment]
    days = scene.chance.gammavariate(_SHAPE, mean / _SHAPE)
    return int(clipped(days, _SHORTEST, _LONGEST))

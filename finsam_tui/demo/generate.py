"""A whole made-up register as rows, the same for the same seed, size and moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.demo import annual, arrivals, stays, timing
from finsam_tui.demo.association import USUAL, YEARS, YOUNG
from finsam_tui.demo.courses import courses
from finsam_tui.demo.people import People
from finsam_tui.demo.rows import new_batch
from finsam_tui.demo.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from finsam_tui.demo.courses import Course
    from finsam_tui.demo.rows import Batch

_UNDER, _OLDEST = 30, 66


def batches(*, size: int, seed: int, now: datetime, years: int = YEARS) -> Iterator[Batch]:
    """Yield the association, then its `size` participants with all they have, a block at a time.

    Dates are relative to `now`, in the association's `years`-th year. A block has at most 180
    people, and nothing else is kept in memory.
    """
    scene = Scene(seed, now, years)
    people = People(scene)
    for row in scene.association.records():
        scene.add(row)
    annual.add(scene, size / years)
    yield scene.batch
    for block in courses(scene, size, years):
        scene.batch = new_batch()
        for course in block:
            _participant(scene, people, course)
        arrivals.beside(scene, len(block))
        yield scene.batch


def _participant(scene: Scene, people: People, course: Course) -> None:
    if course.stays:
        _stays(scene, people, course)
        return
    if course.waited is not None:
        programme = scene.chance.one((USUAL, USUAL, YOUNG))
        person = people.person(course, scene.today, young=programme == YOUNG)
        arrivals.waiting(scene, person.id, programme, course.waited)
        return
    day = timing.random_day(scene)
    programme = timing.programme_on(scene, day, young=None).id
    person = people.person(course, day, young=programme == YOUNG)
    arrivals.turned_away(scene, person.id, programme, day, course.outcome)


def _stays(scene: Scene, people: People, course: Course) -> None:
    """Make a person and the enrolments one after the other."""
    first, *others = course.stays
    span = timing.first_span(scene, first)
    person = people.person(course, span.start, young=span.programme.id == YOUNG)
    stays.enrol(scene, person, first, span, scene.association.start)
    for stay in others:
        young = person.age(scene.today) < _UNDER
        following = timing.next_span(scene, stay, span, young=young)
        if following is None or person.age(following.start) > _OLDEST:
            return
        stays.enrol(scene, person, stay, following, span.end or span.start)
        span = following

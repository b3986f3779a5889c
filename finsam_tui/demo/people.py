"""The people: names, numbers that belong to nobody, telephone numbers reserved for fiction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from finsam_tui.demo.chance import Weighted
from finsam_tui.demo.data import read
from finsam_tui.demo.rows import Participant
from finsam_tui.domain import personal_id
from finsam_tui.domain.dates import age
from finsam_tui.forms.derived import search_key

if TYPE_CHECKING:
    from finsam_tui.demo.courses import Course
    from finsam_tui.demo.scene import Scene

_ELDER_BEFORE = 1980
_YEAR = 365.25
_WITHOUT_NUMBER, _WITHOUT_PHONE = 0.015, 0.03
_FIRST_SERIAL, _LAST_SERIAL = 980, 998
_NEAR = 14  # days from a birth date to one with a number left; of a million people some have none


@dataclass(frozen=True, eq=False)
class _Group:
    """Names that go together."""

    last: list[str]
    women: dict[str, list[str]]
    men: dict[str, list[str]]
    interpreter: float


@dataclass(frozen=True, slots=True)
class Person:
    """What a participant's way needs to know of the person."""

    id: int
    sex: str
    birth: date
    anonymous: bool
    interpreter: bool

    def age(self, day: date) -> int:
        """Return the age in whole years on a day."""
        return age(self.birth, day)


class People:
    """Makes participants; remembers which numbers are taken."""

    def __init__(self, scene: Scene) -> None:
        groups = read("names")["group"]
        self._scene = scene
        self._groups = Weighted({_group(g): float(g["share"]) for g in groups})
        self._taken: dict[tuple[date, int], int] = {}

    def person(self, course: Course, first_day: date, *, young: bool) -> Person:
        """Return a person aged 16 to 66 on `first_day`, under 30 if `young`; adds the row."""
        scene = self._scene
        sex = scene.pick("sex")
        birth, number = self._number(self._birth(first_day, young=young), sex)
        group = self._groups.pick(scene.chance)
        person = Person(
            id=scene.next_id("participant"),
            sex=sex,
            birth=birth,
            anonymous=course.anonymous,
            interpreter=scene.chance.happens(group.interpreter),
        )
        known = {} if course.anonymous else self._known(person, group, number)
        protection = "protected" if course.protected else "none"
        home = (
            "skyddad" if course.protected else scene.association.municipalities.pick(scene.chance)
        )
        scene.add(_row(person, {**known, "protection": protection}, home))
        return person

    def _birth(self, first_day: date, *, young: bool) -> date:
        low, high = self._scene.pick("age_young" if young else "age").split()
        days = self._scene.chance.randrange(int(int(low) * _YEAR) + 2, int(int(high) * _YEAR) - 1)
        return first_day - timedelta(days)

    def _number(self, birth: date, sex: str) -> tuple[date, str | None]:
        """Return a birth date near this one and its test number; None where all are given."""
        odd = 1 if sex == "man" else 0 if sex == "woman" else self._scene.chance.randrange(2)
        serials = range(_FIRST_SERIAL + odd, _LAST_SERIAL + 1, 2)
        for day in (birth + timedelta(days) for days in range(_NEAR)):
            place = self._taken.get((day, odd), 0)
            if place < len(serials):
                self._taken[day, odd] = place + 1
                return day, personal_id.test_number(day, serials[place])
        return birth, None

    def _known(self, person: Person, group: _Group, number: str | None) -> dict[str, str | None]:
        """Return what is known of somebody who is not anonymous."""
        scene, chance = self._scene, self._scene.chance
        women = person.sex == "woman" or (person.sex == "other" and scene.chance.happens(0.5))
        names = group.women if women else group.men
        first = names["elder" if person.birth.year < _ELDER_BEFORE else "younger"]
        form, low, count = scene.pick("phone").split("|")
        phone = form.format(*divmod(int(low) + chance.between(0, int(count) - 1), 100))
        return {
            "personal_id": None if scene.chance.happens(_WITHOUT_NUMBER) else number,
            "first_name": chance.one(first),
            "last_name": chance.one(group.last),
            "birth_date": person.birth.isoformat(),
            "phone": None if scene.chance.happens(_WITHOUT_PHONE) else phone,
        }


def _group(entry: dict[str, Any]) -> _Group:
    return _Group(entry["last"], entry["women"], entry["men"], entry["interpreter"] / 100)


def _row(person: Person, known: dict[str, str | None], home: str) -> Participant:
    registration = "anonymous" if person.anonymous else "person"
    return Participant(
        id=person.id,
        registration=registration,
        personal_id=known.get("personal_id"),
        first_name=known.get("first_name"),
        last_name=known.get("last_name"),
        birth_date=known.get("birth_date"),
        sex=person.sex,
        municipality=home,
        phone=known.get("phone"),
        interpreter=int(person.interpreter),
        protection=str(known["protection"]),
        search_key=search_key({**known, "registration": registration}),
    )

"""A made-up association, small enough to count by hand, and put into a register as it stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from finsam_tui.domain.dates import add_months
from finsam_tui.domain.follow_up import due_date
from finsam_tui.domain.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.storage.register import Register

LEVELS = {"introduction": 1, "getting_going": 2, "getting_to_work": 3, "closure": 4}
BORN = date(1990, 1, 1)

# Days on, just before and just after the bounds of a few periods, or such that a follow-up is due
# then: drawn from all days, hardly any would lie where a figure changes.
FIRST, MIDDLE, LAST = date(2024, 3, 10), date(2024, 6, 30), date(2024, 9, 20)
PERIODS = (Period(FIRST, LAST), Period(MIDDLE, LAST), Period(MIDDLE, MIDDLE))
_BOUNDS = [day + timedelta(days=n) for day in (FIRST, MIDDLE, LAST) for n in (-1, 0, 1)]
DAYS = sorted({*_BOUNDS, *(add_months(day, -6) for day in _BOUNDS)})
TODAYS = [*_BOUNDS, *(day + timedelta(days=14) for day in _BOUNDS), date(2025, 12, 31)]
_EMPTIED = (
    *("follow_up", "plan", "screening", "ors", "assessment", "enrolment_result", "enrolment"),
    *("referral", "participant", "advice", "programme_follow_up", "programme", "staff"),
    "municipality",
)


@dataclass(frozen=True)
class Person:
    registration: str
    sex: str
    municipality: str | None


@dataclass(frozen=True)
class Call:
    """What is known of the call six months after closure."""

    outcome: str | None
    after: int  # days from the due date to the call
    consent: int | None
    kept: str | None


@dataclass(frozen=True)
class Enrolment:
    person: int  # its place in the list
    programme: str
    staff: str | None
    assignment: str | None
    referrer: tuple[str, str | None] | None
    start: date
    end: date | None
    steps: tuple[str | None, str | None]
    result: str | None
    ors: tuple[float | str | None, float | str | None]  # a total, why there is none, or no row
    screenings: tuple[tuple[str, int | None], ...]  # status, exposed
    plans: tuple[tuple[date, date | None], ...]  # made, to be reviewed
    call: Call | None

    @property
    def due(self) -> date | None:
        return None if self.end is None else due_date(self.end, 6)


@dataclass(frozen=True)
class World:
    people: tuple[Person, ...]
    enrolments: tuple[Enrolment, ...]
    advice: tuple[tuple[date, str, int], ...]


_DAYS = st.sampled_from(DAYS)
_TENTHS = st.integers(0, 400) | st.sampled_from([163, 212, 213, 263])  # pairs of them 5,0 apart
_TOTALS = _TENTHS.map(lambda tenths: tenths / 10) | st.sampled_from([None, "declined"])
_STEPS = st.sampled_from([None, *LEVELS])
_SCREENINGS = st.sampled_from(
    [("no_occasion", None), ("declined", None), ("answered", 0), ("answered", 1)]
)
_OUTCOMES = ("answered", "no_answer", "number_changed", "call_back", "declined", "no_consent")
_CALLS = st.builds(
    Call,
    st.sampled_from([None, *_OUTCOMES, "gone", "answered", "answered"]),
    st.sampled_from([-1, 0, 1, 58, 59, 60, 61, 62, 63]),
    st.sampled_from([None, None, 1, 1, 0]),
    st.sampled_from([None, "kept", "lost", "further"]),
)
_PEOPLE = st.builds(
    Person,
    st.sampled_from(["person", "person", "person", "anonymous"]),
    st.sampled_from(["woman", "man", "other", "unknown"]),
    st.sampled_from([None, "1881", "1860"]),
)
_REFERRERS = st.sampled_from(
    [
        None,
        ("social_insurance", None),
        ("social_insurance", "case_worker"),
        ("municipality", "social_services"),
        ("self", "own"),
    ]
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world in which nobody has two open enrolments in a programme."""
    people = draw(st.lists(_PEOPLE, min_size=1, max_size=5))
    enrolment = st.builds(
        _enrolment,
        person=st.integers(0, len(people) - 1),
        programme=st.sampled_from(["SAM", "CIC"]),
        staff=st.sampled_from([None, "C1", "C2"]),
        assignment=st.sampled_from([None, "mapping", "work_training"]),
        referrer=_REFERRERS,
        days=st.tuples(_DAYS, st.none() | _DAYS),
        steps=st.tuples(_STEPS, _STEPS),
        result=st.sampled_from([None, "studies", "moved"]),
        ors=st.tuples(_TOTALS, _TOTALS),
        screenings=st.lists(_SCREENINGS, max_size=2).map(tuple),
        plans=st.lists(st.tuples(_DAYS, st.none() | _DAYS), max_size=2).map(tuple),
        call=st.none() | _CALLS,
    )
    enrolments = draw(
        st.lists(
            enrolment,
            min_size=2,
            max_size=12,
            unique_by=lambda e: (e.person, e.programme) if e.end is None else id(e),
        )
    )
    calls = st.tuples(_DAYS, st.sampled_from(["SAM", "CIC"]), st.integers(1, 9))
    return World(tuple(people), tuple(enrolments), tuple(draw(st.lists(calls, max_size=3))))


def _enrolment(*, days: tuple[date, date | None], **known: Any) -> Enrolment:  # noqa: ANN401
    """Return an enrolment that ends after it starts."""
    start, end = days
    if end and end < start:
        start, end = end, start
    return Enrolment(start=start, end=end, **known)


def fill(register: Register, world: World) -> None:
    """Put a world into a register in the place of what was there."""
    with register.write() as conn:
        for table in _EMPTIED:
            conn.execute(f"DELETE FROM {table}")

        def put(table: str, **columns: object) -> None:
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
            conn.execute(sql, tuple(str(v) if isinstance(v, date) else v for v in columns.values()))

        put("municipality", id="1881", name="Kumla", share=40)
        put("municipality", id="1860", name="Laxå")
        for id, name in (("SAM", "Samordningsteamet"), ("CIC", "Ciceron")):
            put("programme", id=id, name=name, type="individual")
        for id in ("C1", "C2"):
            put("staff", id=id, name=id, role="coach")
        for day, programme, count in world.advice:
            put("advice", date=day, programme=programme, caller="individual", count=count)
        for place, person in enumerate(world.people, 1):
            put("participant", id=place, birth_date=BORN, **asdict(person))
        for place, enrolment in enumerate(world.enrolments, 1):
            _put_enrolment(put, place, enrolment)


def _put_enrolment(put: Callable[..., None], id: int, e: Enrolment) -> None:
    if e.referrer:
        party, unit = e.referrer
        put(
            "referral",
            id=id,
            programme=e.programme,
            date=e.start,
            party=party,
            unit=unit,
            outcome="start",
        )
    put(
        "enrolment",
        id=id,
        participant_id=e.person + 1,
        referral_id=id if e.referrer else None,
        programme=e.programme,
        staff=e.staff,
        assignment=e.assignment,
        start_date=e.start,
        end_date=e.end,
    )
    there = {"enrolment_id": id, "date": e.start}
    for occasion, step, total in zip(("start", "closure"), e.steps, e.ors, strict=True):
        put("assessment", **there, occasion=occasion, step=step)
        if total is not None:
            column = "not_taken" if isinstance(total, str) else "total"
            put("ors", **there, occasion=occasion, **{column: total})
    if e.result:
        put("enrolment_result", enrolment_id=id, result=e.result)
    for status, exposed in e.screenings:
        put("screening", **there, status=status, exposed=exposed, any_yes=exposed)
    for day, review in e.plans:
        put("plan", enrolment_id=id, date=day, goal="mål", review_date=review)
    if e.due and e.call:
        _put_call(put, id, e.due, e.call)


def _put_call(put: Callable[..., None], enrolment: int, due: date, call: Call) -> None:
    put(
        "follow_up",
        enrolment_id=enrolment,
        months="6",
        due_date=due,
        outcome=call.outcome,
        date=due + timedelta(days=call.after) if call.outcome else None,
        consent=call.consent,
        kept_step=call.kept if call.outcome == "answered" else None,
    )

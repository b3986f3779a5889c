"""Every figure of the overview, counted again in plain Python from the definitions of the work.

The rules of `finsam_tui.domain` are what is counted with: so SQL and rules cannot part.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_tui.domain import follow_up, ors
from finsam_tui.domain.gaps import SETTLED
from finsam_tui.domain.shares import mean, share
from finsam_tui.domain.steps import is_positive
from finsam_tui.report import Report, build, telling
from finsam_tui.report.model import Base
from tests.report.conftest import cells, counts, empty, section
from tests.report.world import LEVELS, PERIODS, TODAYS, World, fill, worlds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.domain.periods import Period
    from finsam_tui.storage.register import Register
    from tests.report.world import Enrolment, Person

POSITIVE_RESULTS = {"studies"}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return empty(tmp_path_factory.mktemp("world"))


class Counted:
    """The populations of a world in a period."""

    def __init__(self, world: World, period: Period, today: date) -> None:
        self.world, self.period, self.today = world, period, today
        self.all = [e for e in world.enrolments if self.took_part(e)]
        self.known = [e for e in self.all if self.person(e).registration == "person"]
        self.started = [e for e in self.known if e.start >= period.first]
        self.closed = [e for e in self.known if self.is_closed(e)]
        self.ongoing = [e for e in self.known if e not in self.closed]
        self.due = [
            e
            for e in world.enrolments
            if e.due
            and e.due in period
            and e.call
            and (e.due <= today or e.call.outcome)
            and self.person(e).registration == "person"
        ]

    def person(self, e: Enrolment) -> Person:
        return self.world.people[e.person]

    def is_closed(self, e: Enrolment) -> bool:
        return e.end is not None and e.end <= self.period.last

    def took_part(self, e: Enrolment) -> bool:
        return e.start <= self.period.last and (e.end is None or e.end >= self.period.first)

    def base(self, enrolments: list[Enrolment], anonymous: int = 0) -> Base:
        sexes = Counter(self.person(e).sex for e in enrolments)
        return Base(
            enrolments=len(enrolments),
            unique=len({e.person for e in enrolments}),
            women=sexes["woman"],
            men=sexes["man"],
            other=sexes["other"] + sexes["unknown"],
            anonymous=anonymous,
        )


def positive(e: Enrolment) -> bool:
    start, end = (LEVELS.get(step or "") for step in e.steps)
    return is_positive(start, end, positive_result=e.result in POSITIVE_RESULTS)


def check_participants(report: Report, it: Counted) -> None:
    hidden = [e for e in it.all if it.person(e).registration == "anonymous"]
    populations = {
        "participated": (it.known, hidden),
        "started": (it.started, [e for e in hidden if e.start >= it.period.first]),
        "closed": (it.closed, [e for e in hidden if it.is_closed(e)]),
        "ongoing": (it.ongoing, [e for e in hidden if not it.is_closed(e)]),
    }
    for name, row in cells(report, "participants").items():
        known, anonymous = populations[name]
        assert list(row.values())[1:] == [
            len(known) + len(anonymous),
            len({e.person for e in known}),
            len(anonymous),
        ]
    calls = sum(count for day, _, count in it.world.advice if day in it.period)
    assert counts(report, "participants", "advice") == {"advice": calls}


def check_shared_out(report: Report, it: Counted) -> None:
    sexes = Counter(it.person(e).sex for e in it.known)
    assert counts(report, "sex") == {s: sexes[s] for s in ("woman", "man", "other", "unknown")}
    homes = Counter(it.person(e).municipality or "missing" for e in it.known)
    assert counts(report, "municipality") == {h: homes[h] for h in ("1881", "1860", "missing")}
    parties: dict[tuple[str, str | None] | None, str] = {
        None: "missing",
        ("social_insurance", None): "social_insurance",
        ("social_insurance", "case_worker"): "social_insurance",
        ("municipality", "social_services"): "municipality/social_services",
        ("self", "own"): "self",
    }
    referred = Counter(parties[e.referrer] for e in it.known)
    assert {k: n for k, n in counts(report, "referrers").items() if n} == dict(referred)


def check_closed(report: Report, it: Counted) -> None:
    for key, row in cells(report, "steps").items():
        chosen = [e for e in it.closed if key in ("all", e.assignment or "missing")]
        measured = [e for e in chosen if all(e.steps)]
        up = sum(map(positive, measured))
        assert list(row.values())[1:] == [
            up,
            len(measured),
            share(up, len(measured)),
            len(chosen) - len(measured),
        ]
    days = [(e.end - e.start).days for e in it.closed if e.end]
    time = cells(report, "programme_time")["days"]
    assert time["mean"] == mean(sum(days), len(days))
    assert (time["shortest"], time["longest"]) == ((min(days), max(days)) if days else (None, None))


def check_ors(report: Report, it: Counted) -> None:
    started = [e for e in it.closed if isinstance(e.ors[0], float)]
    pairs = [(a, b) for a, b in (e.ors for e in started) if isinstance(b, float)]
    classes = Counter(
        ors.classify(float(a or 0), b, start_age=None, end_age=None) for a, b in pairs
    )
    assert counts(report, "ors", "pairs") == {
        "pairs": len(pairs),
        "improved": classes["improved"] + classes["recovered"],
        "unchanged": classes["unchanged"],
        "deteriorated": classes["deteriorated"],
        "attrition": len(started) - len(pairs),
    }
    totals = [float(e.ors[0] or 0) for e in started]
    row = cells(report, "ors", "start")["start"]
    assert row["count"] == len(totals)
    if totals:
        assert row["mean"] == pytest.approx(sum(totals) / len(totals), abs=0.0501)
        assert (row["lowest"], row["highest"]) == (min(totals), max(totals))


def check_violence(report: Report, it: Counted) -> None:
    states: Counter[str] = Counter()
    exposed: Counter[str] = Counter()
    for e in it.started:
        tried = [status for status, _ in e.screenings]
        for status in ("answered", "declined", "no_occasion"):
            if status in tried:
                states[status] += 1
                break
        else:
            states["not_asked"] += 1
        exposed[it.person(e).sex] += ("answered", 1) in e.screenings
    assert counts(report, "violence", "status") == {
        s: states[s] for s in ("answered", "declined", "no_occasion", "not_asked")
    }
    found = cells(report, "violence", "exposed")
    assert {sex: row["exposed"] for sex, row in found.items()} == {
        **{sex: exposed[sex] for sex in ("woman", "man", "other", "unknown")},
        "all": exposed.total(),
    }


def outcome(e: Enrolment) -> str:
    assert e.call
    if e.call.consent == 0:
        return "no_consent"
    return e.call.outcome or "not_called"


def check_follow_up(report: Report, it: Counted) -> None:
    assert section(report, "followup").base == it.base(it.due)._replace(of="due")
    came_to = Counter(map(outcome, it.due))
    sample = len(it.due) - sum(came_to[o] for o in follow_up.OUTSIDE_SAMPLE)
    answered = [e for e in it.due if outcome(e) == "answered"]
    late = sum(is_late(e) for e in answered)
    response = cells(report, "followup", "response")
    if not it.due:
        assert response == {}
        return
    assert list(response["6"].values())[1:] == [
        *(len(it.due), sample, len(answered), late),
        share(len(answered), sample),
    ]
    losses = {k: row["months_6"] for k, row in cells(report, "followup", "losses").items()}
    unasked = losses.pop("unasked")
    assert losses == {key: came_to[key] for key in losses}
    assert sum(came_to.values()) == len(answered) + sum(int(str(n)) for n in losses.values())
    assert unasked == sum(
        outcome(e) == "not_called" and e.call.consent is None for e in it.due if e.call
    )
    told = [e.call.kept for e in answered if e.call and e.call.kept and positive(e)]
    kept = sum(state != "lost" for state in told)
    row = cells(report, "followup", "kept")["6"]
    assert (row["told"], row["kept"], row["share"]) == (len(told), kept, share(kept, len(told)))


def is_late(e: Enrolment) -> bool:
    assert e.due
    assert e.call
    return follow_up.is_late(e.due + timedelta(days=e.call.after), e.due)


def check_gaps(report: Report, it: Counted) -> None:
    settled = it.today - timedelta(days=SETTLED)
    as_of = min(it.today, it.period.last)

    def has_plan(e: Enrolment) -> bool:
        known = [(day, i, review) for i, (day, review) in enumerate(e.plans) if day <= as_of]
        if not known:
            return False
        *_, review = max(known, key=lambda plan: plan[:2])
        return review is None or review >= as_of

    started = [e for e in it.started if e.start <= settled]
    ongoing = [e for e in it.ongoing if e.start <= settled]
    overdue = [
        e
        for e in it.due
        if e.due and e.due < it.today and e.call and e.call.outcome not in follow_up.FINAL
    ]
    expected = {
        "screening": (
            [e for e in started if all(s == "no_occasion" for s, _ in e.screenings)],
            started,
        ),
        "ors_start": ([e for e in started if e.ors[0] is None], started),
        "ors_closure": ([e for e in it.closed if e.ors[1] is None], it.closed),
        "plan": ([e for e in ongoing if not has_plan(e)], ongoing),
        "overdue": (overdue, it.due),
    }
    assert {k: tuple(row.values())[1:] for k, row in cells(report, "gaps").items()} == {
        key: (len(gaps), len(among)) for key, (gaps, among) in expected.items()
    }


def warnings(report: Report) -> Iterable[str]:
    return [told for section in report.sections for told in telling.warnings(section)]


@settings(max_examples=100)
@given(world=worlds(), period=st.sampled_from(PERIODS), today=st.sampled_from(TODAYS))
def test_every_figure_is_what_the_definitions_say(
    register: Register, world: World, period: Period, today: date
) -> None:
    fill(register, world)
    report = build(register, "oversikt", period, today=today)
    it = Counted(world, period, today)
    for name, population in (
        ("participants", it.known),
        ("violence", it.started),
        ("steps", it.closed),
    ):
        expected = it.base(population)
        assert section(report, name).base._replace(anonymous=0, of="") == expected
    check_participants(report, it)
    check_shared_out(report, it)
    check_closed(report, it)
    check_ors(report, it)
    check_violence(report, it)
    check_follow_up(report, it)
    check_gaps(report, it)
    assert warnings(report) == []

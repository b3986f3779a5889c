"""The full year of a team: every section counts whom its rule says, whatever the register holds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_tui.domain import ors
from finsam_tui.domain.dates import age
from finsam_tui.report import Filters, Report, build, counting, telling
from finsam_tui.report.counting import Name
from finsam_tui.report.filters import MISSING
from finsam_tui.report.hiding import hide
from finsam_tui.report.render.as_json import render_json
from finsam_tui.report.render.plain import render_text
from finsam_tui.report.sections.helarsrapport import aftercare
from finsam_tui.report.sections.helarsrapport import ors as ors_section
from tests.report.conftest import TODAY, YEAR, cells, counts, empty, section, table

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

REPORT = "helarsrapport"
_EMPTIED = (
    *("attempt", "follow_up", "ors", "assessment_livelihood", "assessment", "extension"),
    *("aftercare", "enrolment_result", "enrolment", "referral", "participant", "advice"),
    *("programme_follow_up", "programme", "staff"),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return empty(tmp_path_factory.mktemp("year"))


class Team:
    """A register with one programme, to put rows into: `put` returns the id of what it put."""

    def __init__(self, register: Register) -> None:
        self.register = register
        with register.write() as conn:
            for name in _EMPTIED:
                conn.execute(f"DELETE FROM {name}")
        self.put("programme", id="SAM", name="Samordningsteamet", type="individual")
        for id in ("C1", "C2"):
            self.put("staff", id=id, name=id, role="coach")

    def put(self, table: str, **columns: object) -> int:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        values = tuple(str(v) if isinstance(v, date) else v for v in columns.values())
        with self.register.write() as conn:
            conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
            ((id,),) = conn.execute("SELECT last_insert_rowid()").fetchall()
        return int(id)

    def person(self, born: date = date(1990, 1, 1), *, anonymous: bool = False) -> int:
        kind = "anonymous" if anonymous else "person"
        birth = None if anonymous else born
        return self.put("participant", registration=kind, birth_date=birth, sex="woman")

    def enrolment(
        self,
        person: int | None = None,
        start: str = "2024-01-10",
        end: str | None = None,
        **more: object,
    ) -> int:
        return self.put(
            "enrolment",
            participant_id=person or self.person(),
            programme="SAM",
            start_date=start,
            end_date=end,
            **more,
        )

    def report(self, *sections: str, **filters: str) -> Report:
        return build(
            self.register, REPORT, YEAR, Filters(**filters), today=TODAY, sections=sections
        )


@pytest.fixture
def team(register: Register) -> Team:
    return Team(register)


def told(report: Report, name: str) -> str:
    part = section(report, name)
    return " ".join((*telling.sentences(part), *telling.notes(part)))


# Birthdays around the day of coming of age at one of these days, and totals around the cut-offs.
_ASKED = (date(2024, 2, 28), date(2024, 6, 1))
_BORN = (date(2006, 2, 28), date(2006, 3, 1), date(2006, 6, 1), date(2006, 6, 2), date(1990, 1, 1))
_TOTALS = (15.4, 20.0, 20.4, 22.9, 23.0, 25.0, 25.1, 28.0, 28.1, 30.0, 33.1)
_PAIRS = st.tuples(
    st.sampled_from(_BORN), st.sampled_from(_TOTALS), st.none() | st.sampled_from(_TOTALS)
)


@settings(max_examples=25)
@given(people=st.lists(_PAIRS, min_size=1, max_size=4))
def test_pairs_are_classed_as_the_rules_of_ors_say(
    register: Register, people: list[tuple[date, float, float | None]]
) -> None:
    team = Team(register)
    classes: Counter[tuple[str, bool]] = Counter()
    for born, start, end in people:
        enrolment = team.enrolment(team.person(born), end="2024-06-30")
        for occasion, day, total in zip(("start", "closure"), _ASKED, (start, end), strict=True):
            if total is not None:
                team.put("ors", enrolment_id=enrolment, occasion=occasion, date=day, total=total)
        if end is not None:
            ages = [age(born, day) for day in _ASKED]
            came_to = ors.classify(start, end, start_age=ages[0], end_age=ages[1])
            classes[came_to, ors.is_clinical(start, ages[0])] += 1
    report = team.report("ors")
    found = cells(report, "ors", "classes")
    for key in ("recovered", "improved", "unchanged", "deteriorated"):
        expected = (classes[key, True], classes[key, False])
        assert (found[key]["clinical"], found[key]["above"]) == expected, key
    pairs = counts(report, "ors", "pairs")
    lost = sum(end is None for *_, end in people)
    assert (pairs["pairs"], pairs["attrition"]) == (len(people) - lost, lost)


def test_too_many_pairs_are_told_by_their_classes_alone(team: Team) -> None:
    for place in range(ors_section.MOST_LISTED + 1):
        enrolment = team.enrolment(end="2024-06-30")
        for occasion in ("start", "closure"):
            there = {"enrolment_id": enrolment, "occasion": occasion, "date": "2024-06-01"}
            team.put("ors", **there, total=20 + place / 10)
        listed = "list" in {t.id for t in section(team.report("ors"), "ors").tables}
        assert listed is (place < ors_section.MOST_LISTED)


def test_a_contact_need_not_be_about_a_person_and_is_of_no_coach(team: Team) -> None:
    anonymous, known = team.person(anonymous=True), team.person()
    for day, outcome, person in (
        ("2024-01-01", "non_start", None),
        ("2024-12-31", "non_start", known),
        ("2024-06-01", "non_start", known),
        ("2024-06-01", "non_start", anonymous),
        ("2024-06-01", "queue", known),
        ("2024-06-01", "start", known),
        ("2023-12-31", "start", known),
    ):
        about = {"programme": "SAM", "party": "self", "participant_id": person}
        team.put("referral", **about, date=day, outcome=outcome)
    team.put("advice", programme="SAM", date="2024-05-01", caller="individual", count=4)
    report = team.report("flows", "non_starts")
    flows = cells(report, "flows")
    assert [tuple(flows[key].values())[1:] for key in ("contacts", "non_started")] == [
        (10, 9, None, 1),
        (4, 3, 1, 1),
    ]
    assert counts(report, "flows", "contacts") == {
        "start": 1,
        "queue": 1,
        "non_start": 4,
        "advice": 0,
        "calls": 4,
        "all": 10,
    }
    assert counts(report, "flows", "applications") == {"start": 1, "non_start": 3, "all": 4}
    base = section(report, "non_starts").base
    assert (base.enrolments, base.unique, base.women, base.other) == (3, 1, 2, 1)
    row = cells(report, "non_starts", "hours")["non_start"]
    assert (row["noted"], row["unnoted"], row["hours"], row["mean"]) == (0, 3, None, None)
    narrowed = team.report("flows", "non_starts", coach="C1")
    assert cells(narrowed, "flows")["contacts"]["count"] == 0
    assert "ingår inte i urvalet på coach" in told(narrowed, "non_starts")
    assert cells(team.report("flows", coach=MISSING), "flows")["non_started"]["count"] == 4


def test_the_young_are_under_thirty_on_the_day_they_begin(team: Team) -> None:
    for born, livelihoods in (
        (date(1994, 1, 11), ("activity_compensation", "income_support")),
        (date(1994, 1, 10), ("activity_compensation",)),
        (date(2000, 1, 1), ("income_support",)),
        (date(2000, 1, 1), ()),
    ):
        enrolment = team.enrolment(team.person(born), "2024-01-10")
        there = {"enrolment_id": enrolment, "occasion": "start", "date": "2024-01-10"}
        assessment = team.put("assessment", **there)
        for livelihood in livelihoods:
            team.put("assessment_livelihood", assessment_id=assessment, livelihood=livelihood)
    report = team.report("young_activity_compensation", "target_group")
    found = cells(report, "young_activity_compensation", "compensation")
    assert {key: (row["count"], row["share"]) for key, row in found.items()} == {
        "young": (1, 33.3),
        "older": (1, 33.3),
        "without": (1, 33.3),
        "missing": (1, None),
        "all": (4, 100.0),
    }
    assert "33,3 % av dem med uppgift" in told(report, "young_activity_compensation")
    supports = cells(report, "target_group", "livelihood")
    assert (supports["income_support"]["count"], supports["income_support"]["share"]) == (2, 66.7)
    assert (supports["missing"]["count"], supports["all"]["count"]) == (1, 4)


def test_a_step_can_go_down_and_a_result_counts_without_any(team: Team) -> None:
    for steps, more, result in (
        (("getting_going", "introduction"), {"ordinary_service": "ips"}, None),
        (("introduction", "closure"), {"ordinary_service": "none"}, None),
        (("introduction", None), {"enhanced_cooperation": 1}, "studies"),
        ((None, "closure"), {}, None),
    ):
        enrolment = team.enrolment(end="2024-06-30", **more)
        for occasion, step in zip(("start", "closure"), steps, strict=True):
            there = {"enrolment_id": enrolment, "occasion": occasion, "date": "2024-06-01"}
            team.put("assessment", **there, step=step)
        if result:
            team.put("enrolment_result", enrolment_id=enrolment, result=result)
    report = team.report("steps", "onward")
    moves = cells(report, "steps", "moves")
    assert {key: tuple(row.values())[1:] for key, row in moves.items()} == {
        "measured": (2, 100.0, 1, 1),
        "up": (1, 50.0, 1, 0),
        "same": (0, 0.0, 0, 0),
        "down": (1, 50.0, 0, 1),
        "missing": (2, None, 1, 1),
        "all": (4, None, 2, 2),
    }
    for id, expected in (("onward", (2, 1, 1, 4)), ("enhanced", (1, 0, 3, 4))):
        assert tuple(counts(report, "onward", id).values()) == expected
    assert cells(report, "onward")["yes"]["share"] == 66.7
    assert "Av 4 avslutade har 2 gått vidare till ordinarie insats: 66,7 % av dem med" in told(
        report, "onward"
    )
    assert counts(report, "onward", "services")["enhanced_cooperation"] == 1


def call(team: Team, outcome: str, **more: object) -> int:
    enrolment = team.enrolment(start="2023-01-10", end="2023-12-30")
    due = {"enrolment_id": enrolment, "months": "6", "due_date": "2024-06-30"}
    team.put("follow_up", **due, outcome=outcome, date="2024-06-30", **more)
    return enrolment


def test_only_those_who_answered_and_consent_tell_how_it_is(team: Team) -> None:
    team.put("programme_follow_up", programme_id="SAM", months="6")
    answered = call(team, "answered", consent=1, kept_step="kept")
    silent = call(team, "answered")
    refusing = call(team, "answered", consent=0)
    unreached = call(team, "no_answer")
    for enrolment in (answered, refusing, unreached):
        for occasion, step in (("start", "introduction"), ("closure", "closure"), ("6", "closure")):
            id = team.put(
                "assessment",
                enrolment_id=enrolment,
                occasion=occasion,
                date="2024-06-30",
                step=step,
                responsible="income_support",
            )
            for occupation in ("work", "studies"):
                team.put("assessment_occupation", assessment_id=id, occupation=occupation)
    there = {"enrolment_id": silent, "occasion": "6", "date": "2024-06-30"}
    missing = team.put("assessment", **there)
    team.put("assessment_occupation", assessment_id=missing, occupation="missing")
    report = team.report("followup_6", "followup_18")
    row = cells(report, "followup_6", "response")["6"]
    assert (row["due"], row["sample"], row["answered"], row["share"]) == (4, 3, 2, 66.7)
    steps = cells(report, "followup_6", "step")
    assert [tuple(steps[key].values())[1:] for key in ("introduction", "missing", "all")] == [
        (1, 100.0, 0, 0.0, 0, 0.0),
        (1, None, 1, None, 1, None),
        (2, 100.0, 2, 100.0, 2, 100.0),
    ]
    occupations = cells(report, "followup_6", "occupation")
    assert tuple(occupations["work"].values())[1:] == (1, 100.0, 1, 100.0, 0, 0.0)
    assert (occupations["missing"]["closure"], occupations["missing"]["after"]) == (1, 1)
    assert (
        told(report, "followup_18") == "Ingen insats i urvalet följer upp 18 månader efter avslut."
    )
    assert "inget är planerat" in told(
        build(team.register, REPORT, YEAR.beside(1), today=TODAY, sections=["followup_6"]),
        "followup_6",
    )


def test_purposes_are_told_apart_by_their_words_and_the_rarest_together(team: Team) -> None:
    enrolment = team.enrolment(start="2023-01-10", end="2023-12-30")
    there = {"enrolment_id": enrolment, "date": "2024-02-01"}
    for purpose, minutes in (("Kontakt med AF", 10), ("kontakt med af", None), (None, 20)):
        team.put("aftercare", **there, purpose=purpose, minutes=minutes)
    for place in range(aftercare.MOST + 1):
        team.put("aftercare", **there, purpose=f"Syfte {place:02}", comment="Ring Nils Nilsson")
    report = team.report("aftercare")
    rows = [tuple(row.values()) for row in cells(report, "aftercare", "purposes").values()]
    assert rows[0] == ("Kontakt med AF", 2, 1, 10, 10)
    assert rows[-2:] == [("2 andra syften", 2, 0, None, None), ("Uppgift saknas", 1, 1, 20, 20)]
    assert cells(report, "aftercare", "sums")["made"]["count"] == 3 + aftercare.MOST + 1
    base = section(report, "aftercare").base
    assert (base.enrolments, base.unique) == (1, 1)


def test_a_long_list_says_that_it_goes_on(team: Team) -> None:
    enrolment = team.enrolment(start="2023-01-10")
    for place in range(101):
        team.put("extension", enrolment_id=enrolment, date="2024-02-01", months=1 + place % 2)
    report = team.report("extensions")
    assert len(table(report, "extensions").rows) == 100
    assert "de första av 101" in told(report, "extensions")
    assert "101 förlängningar på sammanlagt 151 månader" in told(report, "extensions")


def test_what_was_written_freely_does_not_leave_the_association(demo: Register) -> None:
    report = build(demo, REPORT, YEAR, today=TODAY)
    written = {
        str(cell)
        for name in ("extensions", "aftercare")
        for row in table(report, name).rows
        for cell, column in zip(row.cells, table(report, name).columns, strict=True)
        if column.key in {"reason", "purpose", "comment", "result"} and cell
    }
    assert len(written) > 5
    outside = render_json(hide(report, 5))
    assert [text for text in written if text in outside] == []


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("sex", "SELECT key FROM code WHERE list = 'sex'"),
        ("programme", "SELECT id FROM programme"),
        ("coach", "SELECT id FROM staff"),
        ("municipality", "SELECT id FROM municipality"),
    ],
)
def test_the_parts_make_the_whole(demo: Register, name: str, sql: str) -> None:
    values = [value for (value,) in demo.conn.execute(sql)]
    values += [MISSING] if name in ("coach", "municipality") else []
    whole = build(demo, REPORT, YEAR, today=TODAY)
    parts = [build(demo, REPORT, YEAR, Filters(**{name: value}), today=TODAY) for value in values]
    for part, id in (
        *(("new_referrers", "parties"), ("young_activity_compensation", "compensation")),
        *(("steps", "moves"), ("ors", "pairs"), ("ors", "classes"), ("onward", "services")),
        *(("non_starts", "reasons"), ("extensions", "sums"), ("aftercare", "sums")),
    ):
        added = Counter[str]()
        for report in parts:
            added.update({key: int(str(n)) for key, n in counts(report, part, id).items()})
        assert added == Counter({key: int(str(n)) for key, n in counts(whole, part, id).items()}), (
            part
        )


def test_a_figure_is_known_as_the_same_wherever_it_is_printed(demo: Register) -> None:
    report = build(demo, REPORT, YEAR, today=TODAY)
    printed = Counter(count.name for count in counting.counts(report.sections))
    for of, *facts in (
        ("closed", "measured"),
        ("closed", "measured", "step_start=introduction"),
        ("closed", "measured", "step_closure=closure"),
        ("closed", "onward=yes"),
        ("closed", "ordinary_service=enhanced_cooperation"),
        ("closed", "ors=pairs"),
        ("due_6", "came_to=answered"),
        ("extensions",),
        ("non_started",),
        ("started", "party=region"),
    ):
        assert printed[Name(of, frozenset(facts))] > 1, (of, facts)


def test_every_line_fits_the_paper(demo: Register) -> None:
    page = render_text(build(demo, REPORT, YEAR, today=TODAY), 80)
    assert max(map(len, page.splitlines())) <= 80


def test_a_year_without_anybody_has_no_figure_that_parts(team: Team) -> None:
    report = team.report()
    assert len(report.sections) == 13
    assert [telling.warnings(part) for part in report.sections if part.warnings] == []
    assert "0 mätta" not in render_text(report, 80)

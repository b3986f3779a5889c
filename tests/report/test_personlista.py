"""The list of persons: in order of number, of everybody who took part, and of nobody protected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.report import Filters, Report, build, telling
from finsam_tui.report.building import NO_FILTERS
from finsam_tui.report.filters import MISSING
from finsam_tui.report.render.plain import render_text
from finsam_tui.report.sections.personlista import persons
from finsam_tui.storage.register import query
from tests.report.conftest import TODAY, YEAR, cells, empty, section, table
from tests.report.seeds import siffror_002 as seed
from tests.report.test_filters import VALUES
from tests.storage.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.report.model import Cell
    from finsam_tui.storage.register import Register

# What may be done for an enrolment, each with the column of its day.
DONE: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("assessment", "date", {"occasion": "month"}),
    ("ors", "date", {"occasion": "start", "total": 18.8}),
    ("screening", "date", {"status": "declined"}),
    ("plan", "date", {"goal": "Praktik"}),
    ("note", "at", {"text": "Möte"}),
    ("extension", "date", {"months": 3}),
    ("aftercare", "date", {}),
)


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with empty(tmp_path) as register:
        made = Rows(register)
        made.association()
        yield made


def made(register: Register, filters: Filters = NO_FILTERS, period: Period = YEAR) -> Report:
    return build(register, "personlista", period, filters, today=TODAY)


def listed(report: Report) -> list[tuple[Cell, ...]]:
    return [row.cells for row in table(report, "persons").rows]


def counted(report: Report, key: str = "count") -> list[Cell]:
    found = cells(report, "persons", "counts")
    return [found[row][key] for row in ("persons", "cases", "activities")]


def test_goldwares_list_of_2022(rows: Rows) -> None:
    seed.fill(rows)
    report = made(rows.register, period=Period.year(seed.YEAR))
    assert counted(report) == list(seed.TOTAL)
    assert counted(report, "women") == list(seed.WOMEN)
    assert counted(report, "men") == list(seed.MEN)
    assert telling.sentences(section(report, "persons")) == (
        "149 personer med 152 ärenden och 140 aktiviteter i perioden.",
    )
    numbers = [str(line[0]) for line in listed(report)]
    assert len(numbers) == 152
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 149


def test_a_case_has_the_columns_of_the_query_in_their_order(rows: Rows) -> None:
    asked = dict.fromkeys(re.findall(r":(\w+)", query("report_persons")))
    found = rows.register.sql(query("report_persons"), asked)
    assert tuple(column for column, *_ in found.description) == persons.Case._fields


def test_a_line_tells_who_and_of_what(rows: Rows) -> None:
    person = rows.person("Eva", "Ek", personal_id="199207179871", birth_date="1992-07-17")
    rows.enrolment(person, "2023-05-01", end_date="2024-02-01")
    rows.enrolment(rows.person("Bo", "Ask", sex="man", municipality=None), "2024-03-01", staff=None)
    bo, eva = listed(made(rows.register))
    assert bo == ("1990-05-17", "Ask, Bo", "man", None, "Teamet", "2024-03-01", None, None)
    assert eva[:4] == ("19920717-9871", "Ek, Eva", "kvinna", "Kumla")
    assert eva[4:] == ("Teamet", "2023-05-01", "2024-02-01", "Cecilia")


@pytest.mark.parametrize("protection", ["marked", "protected"])
def test_nothing_tells_who_is_protected_or_anonymous(rows: Rows, protection: str) -> None:
    hidden = rows.person(
        "Hemliga", "Namnet", personal_id="199207179871", protection=protection, sex="other"
    )
    rows.enrolment(hidden, "2024-01-01")
    rows.enrolment(rows.anonymous(), "2024-01-02")
    rows.enrolment(rows.person("Eva", "Ek"), "2024-03-01")
    report = made(rows.register)
    assert [line[:4] for line in listed(report)] == [
        ("1990-05-17", "Ek, Eva", "kvinna", "Kumla"),
        ("Anonym", None, None, None),
        ("Skyddad identitet", None, None, None),
    ]
    page = render_text(report, 80)
    assert "Eva" in page
    assert not any(text in page for text in ("Hemliga", "Namnet", "19920717", "1992-07-17"))
    assert counted(report) == [2, 2, 0]
    found = cells(report, "persons", "counts")
    assert found["anonymous"]["count"] == 1
    assert (found["cases"]["women"], found["cases"]["other"]) == (1, 1)
    assert section(report, "persons").base.anonymous == 1


@pytest.mark.parametrize(("kind", "column", "more"), DONE, ids=[kind for kind, *_ in DONE])
def test_what_is_dated_in_the_period_is_an_activity(
    rows: Rows, kind: str, column: str, more: dict[str, object]
) -> None:
    enrolment = rows.enrolment(rows.person(), "2023-05-01")
    moment = "T12:00" if column == "at" else ""
    days = ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01")
    for day in days:
        rows.add(kind, enrolment_id=enrolment, **{column: f"{day}{moment}"}, **more)
    assert counted(made(rows.register)) == [1, 1, 2]


def test_a_call_tried_is_an_activity_of_the_enrolment_it_is_about(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), "2023-05-01", end_date="2024-02-01")
    call = rows.add("follow_up", enrolment_id=enrolment, months="6", due_date="2024-08-01")
    for at in ("2024-08-02T09:00", "2024-08-03T09:00", "2025-01-01T09:00"):
        rows.add("attempt", follow_up_id=call, at=at, outcome="no_answer")
    assert counted(made(rows.register)) == [1, 1, 2]


def test_who_did_not_take_part_is_not_listed(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), "2023-05-01", end_date="2023-12-31")
    rows.enrolment(rows.person(), "2025-01-01")
    rows.add("aftercare", enrolment_id=enrolment, date="2024-02-01")
    report = made(rows.register)
    assert listed(report) == []
    assert counted(report) == [0, 0, 0]


@pytest.mark.parametrize("name", VALUES)
def test_the_parts_make_the_whole(demo: Register, name: str) -> None:
    sql, or_none = VALUES[name]
    values = [value for (value,) in demo.conn.execute(sql)] + [MISSING] * or_none
    each = [made(demo, Filters(**{name: value})) for value in values]
    whole = made(demo)
    named = {line for line in listed(whole) if line[1]}
    assert {line for report in each for line in listed(report) if line[1]} == named
    added = [sum(int(str(n)) for n in column) for column in zip(*map(counted, each), strict=True)]
    assert added[1:] == counted(whole)[1:]  # a person can be in several parts, a case cannot
    assert all(telling.warnings(section(report, "persons")) == () for report in (whole, *each))


def test_it_says_that_it_is_personal_data_and_stays_inside(demo: Register) -> None:
    report = made(demo)
    assert "personuppgifter" in telling.notes(section(report, "persons"))[0]
    assert table(report, "persons").cases

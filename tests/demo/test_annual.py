"""What is made up of the years besides the participants, and of an association of many years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.demo.conftest import built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.storage.register import Register

FOUR = [2022, 2023, 2024, 2025]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """An association in its twentieth year, with a fifth as many a year as the large one."""
    with built(tmp_path_factory.mktemp("old"), size=2000, years=20) as register:
        yield register


def rows(register: Register, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in register.sql(sql)]


@pytest.mark.parametrize(
    ("table", "years"),
    [
        ("programme_year", FOUR),
        ("goal", FOUR),
        ("questionnaire", FOUR),
        ("comparison", FOUR[:3]),  # these are published afterwards
        ("report_text", FOUR[:3]),  # and these begin with those of the year before
    ],
)
def test_every_year_has_its_own(demo: Register, table: str, years: list[int]) -> None:
    assert rows(demo, f"SELECT DISTINCT year FROM {table} ORDER BY 1") == [(y,) for y in years]


@pytest.mark.parametrize(
    ("table", "codes"),
    [("comparison", "level"), ("questionnaire", "occasion"), ("report_text", "part")],
)
def test_there_is_something_of_every_kind(demo: Register, table: str, codes: str) -> None:
    lists = {"level": "comparison_level", "occasion": "questionnaire_occasion"}
    wanted = rows(demo, f"SELECT key FROM code WHERE list = '{lists.get(codes, 'report_part')}'")
    assert set(rows(demo, f"SELECT {codes} FROM {table}")) == set(wanted)


def test_a_programme_has_a_budget_in_the_years_that_it_is_there(demo: Register) -> None:
    told = rows(
        demo, "SELECT programme, min(year), max(year), count(*) FROM programme_year GROUP BY 1"
    )
    assert told == [
        ("BRYG", 2022, 2023, 2),
        ("LARA", 2022, 2025, 4),
        ("UNGK", 2023, 2025, 3),
        ("VAND", 2022, 2025, 4),
    ]


def test_a_year_that_goes_on_has_no_result_yet(demo: Register) -> None:
    (done,) = rows(
        demo,
        "SELECT count(result), count(fulfilment), count(deviations), count(*)"
        " FROM programme_year WHERE year < 2025",
    )
    assert len(set(done)) == 1
    assert rows(demo, "SELECT DISTINCT result FROM programme_year WHERE year = 2025") == [(None,)]


def test_who_came_to_the_days_is_what_the_programme_came_to(demo: Register) -> None:
    came = rows(demo, "SELECT substr(date, 1, 4), sum(attendees) FROM structural_event GROUP BY 1")
    told = rows(
        demo,
        "SELECT CAST(year AS TEXT), actual_participants FROM programme_year"
        " WHERE programme = 'LARA' ORDER BY year",
    )
    assert came == told


def test_the_budget_is_of_the_size_of_what_became_of_it(large: Register) -> None:
    ratios = [
        row[0]
        for row in large.sql(
            "SELECT 1.0 * y.budget_participants / count(*) FROM programme_year AS y"
            " JOIN enrolment AS e ON e.programme = y.programme"
            " AND CAST(substr(e.start_date, 1, 4) AS INTEGER) <= y.year"
            " AND coalesce(CAST(substr(e.end_date, 1, 4) AS INTEGER), 9999) >= y.year"
            " GROUP BY y.id"
        )
    ]
    assert len(ratios) == 9
    assert all(0.5 < ratio < 2 for ratio in ratios)


def test_no_more_questionnaires_came_back_than_were_handed_out(large: Register) -> None:
    (came, closed) = rows(
        large,
        "SELECT (SELECT count(*) FROM questionnaire WHERE occasion = 'closure'),"
        " (SELECT count(*) FROM enrolment WHERE end_date IS NOT NULL)",
    )[0]
    assert 0.3 < float(str(came)) / float(str(closed)) < 0.6


def test_in_an_old_association_people_begin_in_each_of_its_years(old: Register) -> None:
    counts = [
        int(str(count))
        for _, count in rows(
            old, "SELECT substr(start_date, 1, 4), count(*) FROM enrolment GROUP BY 1 ORDER BY 1"
        )
    ]
    assert len(counts) == 20
    assert max(counts) < 2 * min(counts)


def test_in_an_old_association_the_present_is_not_crowded(old: Register, large: Register) -> None:
    for crowd in ("enrolment WHERE end_date IS NULL", "referral WHERE outcome = 'queue'"):
        sql = f"SELECT count(*) FROM {crowd}"
        here, there = (int(str(rows(register, sql)[0][0])) for register in (old, large))
        assert here < 1.6 * there / 5

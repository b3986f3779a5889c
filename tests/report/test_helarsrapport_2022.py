"""Report 002, the full year 2022 of the team in Västerås, rebuilt: the figures as printed there.

Where the printed report contradicts itself the data decides, and the test says so.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.report import Report, build, telling
from finsam_tui.report.model import Base
from tests.report.conftest import cells, counts, empty, section, table
from tests.report.seeds import helar_2022 as seed
from tests.report.seeds.mal_files import take_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.report.model import Cell

TODAY = date(2023, 2, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Report]:
    def make(*, all_measured: bool = False) -> Report:
        folder = tmp_path_factory.mktemp("files")
        with empty(tmp_path_factory.mktemp("year")) as register:
            take_in(
                register,
                seed.files(folder, all_measured=all_measured),
                datetime.combine(TODAY, datetime.min.time()),
            )
            return build(register, "helarsrapport", Period.year(2022), today=TODAY)

    return make


@pytest.fixture(scope="module")
def report(made: Callable[..., Report]) -> Report:
    return made()


def told(report: Report, name: str) -> str:
    return " ".join(telling.sentences(section(report, name)))


def column(report: Report, name: str, id: str, key: str) -> list[Cell]:
    return [row[key] for row in cells(report, name, id).values()]


def test_flows(report: Report) -> None:
    found = cells(report, "flows")
    assert {key: row["count"] for key, row in found.items()} == {
        "contacts": seed.STARTED + seed.NON_STARTS,
        "non_started": 52,
        "started": 86,
        "participated": 146,
        "closed": 54,
        "extensions": 11,
        "aftercare": 12,
    }
    assert found["aftercare"]["unique"] == 10  # printed as ten contacts, above a list of twelve


def test_the_share_of_applications_that_came_to_nothing(report: Report) -> None:
    # Printed 37 %: 52 of 86 and 52 is 37,7.
    assert cells(report, "flows", "applications")["non_start"]["share"] == 37.7
    assert "Av 138 avgjorda ansökningar ledde 52 (37,7 %) inte till start." in told(report, "flows")


def test_new_referrers(report: Report) -> None:
    found = counts(report, "new_referrers", "parties")
    assert [found[key] for key in ("employment_service", "social_insurance")] == [5, 39]
    assert (found["self"], found["other"], found["all"]) == (1, 5, 86)
    assert counts(report, "new_referrers", "units")["municipality/income_support"] == 30
    assert told(report, "new_referrers") == "Största remittent: Försäkringskassan, 39 nya (45,3 %)."


def test_young_with_activity_compensation(report: Report) -> None:
    assert told(report, "young_activity_compensation") == (
        "Av 86 startade var 1 (1,2 %) under 30 år och hade aktivitetsersättning."
    )


def test_education_of_women_and_men_as_printed(report: Report) -> None:
    found = cells(report, "target_group", "education")
    printed = {
        "other_post_secondary": (7, 8.1, 6, 7.0),
        "compulsory": (15, 17.4, 9, 10.5),
        "upper_secondary": (16, 18.6, 12, 14.0),
        "university_more": (6, 7.0, 3, 3.5),
        "university_3": (5, 5.8, 1, 1.2),
        "university_1": (2, 2.3, 1, 1.2),
        "unknown": (0, 0.0, 3, 3.5),
    }
    columns = ("women", "women_share", "men", "men_share")
    assert {key: tuple(found[key][c] for c in columns) for key in printed} == printed
    assert found["all"]["count"] == 86


def test_ages_and_time_in_support_as_printed(report: Report) -> None:
    ages = cells(report, "target_group", "age").values()
    assert [(row["count"], row["share"]) for row in ages][:4] == [
        (17, 19.8),
        (38, 44.2),
        (27, 31.4),
        (4, 4.7),
    ]
    shares = column(report, "target_group", "public_support_time", "share")
    # The second is printed 8,3: the 8 of 86 are 9,3.
    assert shares[:11] == [7.0, 9.3, 17.4, 10.5, 7.0, 8.1, 5.8, 2.3, 5.8, 22.1, 4.7]


def test_the_typical_participant(report: Report) -> None:
    summary = told(report, "target_group")
    assert "Av 86 startade är 51 kvinnor och 35 män." in summary
    assert "Åldersgrupp, vanligast först: 30–44 38 (44,2 %)" in summary
    assert "vanligast först: Gymnasium 28 (32,6 %), Grundskola 24 (27,9 %)." in summary
    assert "före start, vanligast först: Mer än 9 år 19 (22,1 %)" in summary


def test_non_starts(report: Report) -> None:
    row = cells(report, "non_starts", "hours")["non_start"]
    figures = ("noted", "unnoted", "hours", "mean", "lowest", "highest")
    assert tuple(row[key] for key in figures) == (52, 0, 128.5, 2.47, 0.5, 10.0)
    assert counts(report, "non_starts", "reasons")["all"] == 52
    assert section(report, "non_starts").base == Base(52, 52, 52, 0, 0, 0, "non_started")


def test_steps_of_the_thirty(report: Report) -> None:
    rows = cells(report, "steps", "ladder")
    keys = ("introduction", "getting_going", "getting_to_work", "closure", "count")
    assert [tuple(row[key] for key in keys) for row in rows.values()] == [
        (9, 9, 8, 0, 26),
        (0, 0, 4, 0, 4),
        (0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
        (9, 9, 12, 0, 30),
    ]
    moves = cells(report, "steps", "moves")
    assert [(row["count"], row["share"]) for row in moves.values()] == [
        (30, 100.0),
        (21, 70.0),
        (9, 30.0),
        (0, 0.0),
        (24, None),
        (54, None),
    ]
    assert told(report, "steps").startswith("21 av 30 mätta (70,0 %) har gjort")
    assert column(report, "steps", "levels", "start") == [26, 4, 0, 0, 30]
    assert column(report, "steps", "levels", "closure") == [9, 9, 12, 0, 30]


def test_steps_of_all_who_closed_say_something_else(made: Callable[..., Report]) -> None:
    """The report prints all 54 at both ends, too; at least 27 of them went up, which is half."""
    report = made(all_measured=True)
    assert column(report, "steps", "levels", "start") == [*seed.AT_START.values(), 0, 0, 54]
    assert column(report, "steps", "levels", "closure") == [*seed.AT_CLOSURE.values(), 54]
    assert cells(report, "steps", "moves")["up"]["count"] == 27
    assert told(report, "steps").startswith("27 av 54 mätta (50,0 %)")


def test_ors(report: Report) -> None:
    start = cells(report, "ors", "totals")["start"]
    assert (start["count"], start["mean"], start["lowest"], start["highest"]) == (
        *(30, 18.8),
        *(1.4, 35.9),
    )
    pairs = cells(report, "ors", "pairs")
    assert (pairs["pairs"]["count"], pairs["attrition"]["count"]) == (5, 25)
    assert (pairs["attrition"]["share"], pairs["missing"]["count"]) == (83.3, 24)
    assert counts(report, "ors", "classes") == {
        "recovered": 0,
        "improved": 3,
        "unchanged": 1,
        "deteriorated": 1,
        "all": 5,
    }
    listed = table(report, "ors", "list")
    assert [row.cells[1:3] for row in listed.rows] == list(seed.ORS_PAIRS)
    assert listed.cases


def test_onward(report: Report) -> None:
    assert telling.sentences(section(report, "onward")) == (
        "Av 54 avslutade har 36 (66,7 %) gått vidare till ordinarie insats.",
        "Av 54 avslutade har 1 (1,9 %) gått vidare till förstärkt samarbete AF–FK.",
    )
    services = counts(report, "onward", "services")
    assert (services["enhanced_cooperation"], services["all"]) == (1, 36)
    assert counts(report, "onward")["no"] == 18


def test_extensions(report: Report) -> None:
    listed = table(report, "extensions")
    assert [(row.cells[1], str(row.cells[2]).lower()) for row in listed.rows] == list(
        seed.EXTENSIONS
    )
    assert listed.cases
    sums = cells(report, "extensions", "sums")
    assert {key: (row["count"], row["months"]) for key, row in sums.items() if row["count"]} == {
        "activity_support": (1, 6),
        "income_support": (6, 25),
        "sickness_benefit": (4, 16),
        "all": (11, 47),
    }


def test_aftercare(report: Report) -> None:
    listed = table(report, "aftercare")
    assert [row.cells[1:4] for row in listed.rows] == list(seed.AFTERCARE)
    purposes = cells(report, "aftercare", "purposes").values()
    assert [(row["group"], row["count"]) for row in purposes] == [
        ("Kontakt med AF", 7),
        ("Kontakt med kommunen", 3),
        ("Kontakt med FK", 1),
        ("Övrig etc.", 1),
        ("Uppgift saknas", 0),
    ]
    sums = cells(report, "aftercare", "sums")["made"]
    assert (sums["count"], sums["noted"], sums["minutes"]) == (12, 6, 405)
    assert section(report, "aftercare").base.unique == 10


def test_followed_up_after_six_months(report: Report) -> None:
    row = cells(report, "followup_6", "response")["6"]
    assert (row["due"], row["answered"]) == (53, 53)
    assert cells(report, "followup_6", "aftercare")["had"]["count"] == 5
    parties = cells(report, "followup_6", "responsible")
    columns = ("start", "closure", "after")
    assert [parties["income_support"][c] for c in columns] == [53, 0, 0]
    assert [parties["employment_service"][c] for c in columns] == [0, 53, 53]
    steps = cells(report, "followup_6", "step")
    assert [steps["introduction"]["start"], steps["getting_going"]["closure"]] == [53, 53]
    assert steps["getting_to_work"]["after"] == 53


def test_nobody_was_due_after_eighteen_months(report: Report) -> None:
    found = section(report, "followup_18")
    assert (found.tables, found.base) == ((), Base(of="due_18"))
    assert telling.notes(found) == (
        "Inget samtal förföll i perioden; det första efter den förfaller 1 jan 2023.",
    )


def test_no_two_figures_part(report: Report) -> None:
    assert [telling.warnings(part) for part in report.sections if part.warnings] == []

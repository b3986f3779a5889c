"""Report 003, the year 2024 of Sydnärke, rebuilt from its data: the figures as printed there.

Where the printed report contradicts itself or its own base the data decides: 37 of 40 is 92,5 %
(printed 92), 29 of 60 is 48,3 % (printed 49), 19 of 145 is 13,1 % (printed 14).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report import Filters, build
from finsam_tui.report.model import Base
from finsam_tui.report.render.plain import render_text
from finsam_tui.report.telling import notes
from tests.report.conftest import DATA, TODAY, YEAR, cells, counts, section

if TYPE_CHECKING:
    from finsam_tui.report import Report
    from finsam_tui.storage.register import Register

GOLDEN = DATA / "golden" / "oversikt-2024.txt"


def test_the_page_is_the_one_that_was_read_through(oversikt: Report) -> None:
    page = render_text(oversikt, 80)
    assert page == GOLDEN.read_text(encoding="utf-8"), (
        "if it should differ: finsam rapport --year 2024 --programme Samordningsteamet -o "
        f"{GOLDEN.name}, read it through, and keep the date it was made"
    )


def test_it_is_one_printed_page(oversikt: Report) -> None:
    lines = render_text(oversikt, 80).splitlines()
    assert len(lines) <= 62
    assert max(map(len, lines)) <= 80


def test_participants(oversikt: Report) -> None:
    assert counts(oversikt, "participants") == {
        "participated": 145,
        "started": 100,
        "closed": 100,
        "ongoing": 45,
    }
    assert counts(oversikt, "participants", "advice") == {"advice": 85}
    assert section(oversikt, "participants").base == Base(145, 145, 87, 58, 0, 0, "participated")


def test_women_and_men(oversikt: Report) -> None:
    assert cells(oversikt, "sex")["woman"] == {
        "group": "Kvinnor",
        "count": 87,
        "share": 60.0,
        "unique": 87,
    }
    assert counts(oversikt, "sex") == {"woman": 87, "man": 58, "other": 0, "unknown": 0}


def test_municipalities_beside_their_population(oversikt: Report) -> None:
    rows = cells(oversikt, "municipality").values()
    assert [tuple(row.values()) for row in rows] == [
        ("Askersund", 31, 21.4, 21.0),
        ("Hallsberg", 35, 24.1, 29.0),
        ("Kumla", 63, 43.4, 40.0),
        ("Laxå", 16, 11.0, 10.0),
        ("Uppgift saknas", 0, None, None),
    ]


def test_referrers(oversikt: Report) -> None:
    assert {row["group"]: row["count"] for row in cells(oversikt, "referrers").values()} == {
        "Försäkringskassan": 72,
        "Kommun: socialtjänst": 36,
        "Egen": 19,
        "Kommun: AME/AMI": 6,
        "Region: psykiatri": 6,
        "Kommun: LSS": 3,
        "Region: vårdcentral": 2,
        "Arbetsförmedlingen": 1,
        "Uppgift saknas": 0,
    }


def test_positive_steps_per_assignment(oversikt: Report) -> None:
    found = cells(oversikt, "steps")
    figures = {key: (row["positive"], row["measured"], row["share"]) for key, row in found.items()}
    assert figures == {
        "mapping": (37, 40, 92.5),
        "work_training": (29, 60, 48.3),
        "all": (66, 100, 66.0),
    }
    assert [row["unmeasured"] for row in found.values()] == [0, 0, 0]


def test_time_in_the_programme(oversikt: Report) -> None:
    assert {key: row["mean"] for key, row in cells(oversikt, "programme_time").items()} == {
        "days": 276.0,
        "months": 9.1,
    }


def test_violence_screening(oversikt: Report) -> None:
    assert counts(oversikt, "violence", "status") == {
        "answered": 29,
        "declined": 0,
        "no_occasion": 0,
        "not_asked": 71,
    }
    by_sex = cells(oversikt, "violence", "exposed")
    assert (by_sex["woman"]["told"], by_sex["woman"]["told_share"]) == (23, 79.3)
    assert (by_sex["man"]["told"], by_sex["man"]["told_share"]) == (6, 20.7)
    assert (by_sex["all"]["exposed"], by_sex["all"]["exposed_share"]) == (24, 82.8)
    assert counts(oversikt, "violence", "any_yes") == {"any_yes": 24}
    (reference,) = notes(section(oversikt, "violence"))
    assert "66 %" in reference
    assert "20 %" in reference


def test_ors_was_never_taken_at_closure(oversikt: Report) -> None:
    assert cells(oversikt, "ors", "start")["start"]["count"] == 100
    assert counts(oversikt, "ors", "pairs")["pairs"] == 0
    assert cells(oversikt, "ors", "pairs")["attrition"]["share"] == 100.0
    assert "RCI 5 poäng" in section(oversikt, "ors").rule


def test_follow_up_after_six_months(oversikt: Report) -> None:
    assert cells(oversikt, "followup", "response")["6"] == {
        "group": "6 mån",
        "due": 35,
        "sample": 35,
        "answered": 25,
        "late": 0,
        "share": 71.4,
    }
    losses = {key: row["months_6"] for key, row in cells(oversikt, "followup", "losses").items()}
    assert {key: count for key, count in losses.items() if count} == {
        "no_answer": 3,
        "number_changed": 3,
        "declined": 4,
    }
    kept = cells(oversikt, "followup", "kept")["6"]
    assert (kept["told"], kept["kept"], kept["share"]) == (24, 23, 95.8)


def test_gaps(oversikt: Report) -> None:
    assert counts(oversikt, "gaps") == {
        "screening": 71,
        "ors_start": 0,
        "ors_closure": 100,
        "plan": 19,
        "overdue": 6,
    }


def test_no_two_figures_part(oversikt: Report) -> None:
    assert [warning for section in oversikt.sections for warning in section.warnings] == []


def test_the_other_programme_has_its_own_page(sydnarke: Register) -> None:
    report = build(sydnarke, "oversikt", YEAR, Filters(programme="CIC"), today=TODAY)
    assert counts(report, "participants") == {
        "participated": 9,
        "started": 9,
        "closed": 0,
        "ongoing": 9,
    }
    assert list(counts(report, "municipality").values()) == [1, 4, 4, 0, 0]
    assert [tuple(row.values())[:2] for row in cells(report, "referrers").values()] == [
        ("Egen", 4),
        ("Övriga: Samordningsteamet", 3),
        ("Kommun: KAA", 2),
        ("Uppgift saknas", 0),
    ]

"""Goals and their fulfilment, counted by hand; and all that reports 001 and 004 print of theirs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.domain.shares import share
from finsam_tui.forms.codes import default_codes
from finsam_tui.report import Filters, Report, build, telling
from finsam_tui.report.hiding import hide
from finsam_tui.report.model import HIDDEN
from finsam_tui.report.sections.maluppfyllelse import _measures
from tests.report.conftest import TODAY, YEAR, cells, empty, section, table
from tests.report.seeds import mal_2019, mal_2022
from tests.report.seeds.mal_files import take_in, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.report.model import Cell
    from finsam_tui.storage.register import Register

YEAR_2019, YEAR_2022 = Period.year(2019), Period.year(2022)


def make(register: Register, period: Period = YEAR, **filters: str) -> Report:
    return build(register, "maluppfyllelse", period, Filters(**filters), today=TODAY)


def sheet(report: Report, name: str, programme: str) -> dict[str, Cell]:
    return {key: row["value"] for key, row in cells(report, name, f"programme_{programme}").items()}


def goal(report: Report, measure: str, programme: str = "") -> dict[str, Cell]:
    """Return a goal as column → cell, without its name."""
    row = cells(report, "goals", f"goals_{programme}" if programme else "goals")[measure]
    return {key: cell for key, cell in row.items() if key != "group"}


def warnings(report: Report) -> list[str]:
    return [told for section in report.sections for told in telling.warnings(section)]


@pytest.fixture(scope="module")
def report_2019(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("2019")
    with empty(tmp_path_factory.mktemp("register")) as register:
        take_in(register, mal_2019.files(folder), datetime(2020, 2, 1))
        yield register


@pytest.fixture(scope="module")
def report_2022(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("2022")
    with empty(tmp_path_factory.mktemp("register")) as register:
        take_in(register, mal_2022.files(folder), datetime(2023, 2, 1))
        yield register


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Five who closed in 2024 in one programme, two open ones in another, calls and days."""
    folder = tmp_path_factory.mktemp("small")
    write(
        folder,
        "insatser",
        "insats_id namn typ volym kostnadsgrupp uppföljning_månader start slut",
        [
            ("SAM", "Samordning", "individ", "nej", "team", "6", "2020-01-01", None),
            ("TVÅ", "Åter", "individ", "nej", None, "6", None, None),
            ("RÅD", "Råd", "individ", "ja", "Team", "6", None, None),
            ("DAG", "Dagar", "struktur", "ja", None, "6", None, None),
            ("FÖRR", "Förr", "individ", "nej", None, "6", "2019-01-01", "2020-12-31"),
        ],
    )
    write(
        folder,
        "insatsår",
        "insats_id år utfall_deltagare utfall_kr",
        [("SAM", 2024, None, 9_000), ("RÅD", 2024, 7, None), ("DAG", 2024, None, 1_000)],
    )
    write(folder, "rådgivning", "datum insats_id vem antal", [("2024-03-01", "RÅD", "individ", 5)])
    days = [("DAG", "2024-02-01", 30, 2), ("DAG", "2024-09-01", 20, None), ("DAG", None, 99, 9)]
    write(folder, "strukturinsatser", "insats_id datum antal_deltagare föreläsare", days)
    people = [*(f"S{n}" for n in range(5)), "T0", "T1"]
    births = ("1990-01-01", "1994-03-02", "1994-03-01", "2001-01-01", "1980-01-01", "1980-01-01")
    write(
        folder,
        "deltagare",
        "deltagare_id registrering kön födelsedatum",
        [
            *((id, "person", "kvinna", born) for id, born in zip(people, births, strict=False)),
            ("T1", "anonym", "okänt", None),
        ],
    )
    write(
        folder,
        "inskrivningar",
        "inskrivning_id deltagare_id insats_id start slut avslutsanledning",
        [
            ("S0", "S0", "SAM", "2023-02-01", "2024-01-31", "utskrivning"),
            ("S1", "S1", "SAM", "2024-03-01", "2024-03-31", "utskrivning pga sjukdom"),
            ("S2", "S2", "SAM", "2024-03-01", "2024-04-30", "uppgift saknas"),
            ("S3", "S3", "SAM", "2024-03-01", "2024-05-01", None),
            ("S4", "S4", "SAM", "2024-03-01", "2024-05-31", "utskrivning"),
            ("T0", "T0", "TVÅ", "2024-03-01", None, None),
            ("T1", "T1", "TVÅ", "2024-03-01", None, None),
        ],
    )
    closure = [
        ("S0", "avslut", "2024-01-31", "lön", "studier|ingen"),
        ("S1", "avslut", "2024-03-31", "lön|a-kassa", "ingen"),
        ("S2", "avslut", "2024-04-30", "ingen offentlig försörjning|lön", "uppgift saknas"),
        ("S3", "avslut", "2024-05-01", "ingen offentlig försörjning", None),
        ("S4", "avslut", "2024-05-31", None, "subventionerat arbete"),
        ("S0", "6", "2024-07-31", "a-kassa", "ingen"),
        ("S1", "6", "2024-10-01", "lön", "ej subventionerat arbete"),
        ("S2", "6", "2024-10-30", "lön", "studier"),
    ]
    write(folder, "lägen", "inskrivning_id tillfälle datum försörjning sysselsättning", closure)
    calls = [
        ("S0", 6, "ja", "2024-07-31", "svarade", "ja"),  # said at the call, whatever the assessment
        ("S1", 6, "ja", "2024-10-01", "svarade", None),
        ("S2", 6, "nej", "2024-10-30", "ej samtycke", None),
        ("S3", 6, None, "2024-11-01", "ej svar", None),
    ]
    heading = "inskrivning_id månader samtycke datum utfall egen_försörjning"
    write(folder, "uppföljningar", heading, calls)
    write(
        folder,
        "enkäter",
        "insats_id tillfälle år svar",
        [
            ("SAM", "avslut", 2024, "useful:ja|readier:vet ej"),
            ("SAM", "avslut", 2024, "useful:nej"),
            ("SAM", "3 månader", 2024, "useful:ja"),
            ("SAM", "avslut", 2023, "useful:ja"),
        ],
    )
    goals = [
        *((None, 2024, code, "minst", 1, None) for code in _measures.MEASURES),
        (None, 2024, "other", "minst", 1, "Gick bra."),
        ("TVÅ", 2024, "mean_months", "högst", 9, None),
        ("TVÅ", 2024, "participants", "högst", 2, None),
        ("RÅD", 2024, "participants", "minst", 7.1, None),
        ("SAM", 2023, "participants", "minst", 1, None),
    ]
    write(folder, "mål", "insats_id år mått riktning värde kommentar", goals)
    with empty(tmp_path_factory.mktemp("register")) as register:
        take_in(register, folder, datetime(2025, 1, 15))
        yield register


def test_who_took_part_in_each_programme(small: Register) -> None:
    found = cells(make(small), "programmes", "participants")
    assert {key: [*row.values()][2:] for key, row in found.items()} == {
        "SAM": [5, 0, 0, 5],
        "TVÅ": [1, 1, 0, 2],
        "RÅD": [0, 0, 7, 7],
        "all": [6, 1, 7, 14],
    }


def test_a_pool_shares_its_cost_and_the_others_have_none(small: Register) -> None:
    report = make(small)
    rows = table(report, "programmes", "costs").rows
    assert [(row.key, row.cells[1:], row.depth) for row in rows] == [
        ("SAM + RÅD", (9_000, 12, 750), 0),
        ("SAM", (9_000, 5, None), 1),
        ("RÅD", (None, 7, None), 1),
    ]
    costs = {id: sheet(report, "programmes", id)["cost"] for id in ("SAM", "TVÅ", "RÅD")}
    assert costs == {"SAM": "750 kr", "TVÅ": None, "RÅD": "750 kr"}
    assert sheet(make(small, programme="SAM"), "programmes", "SAM")["cost"] == "750 kr"


def test_calls_count_where_the_year_says_nothing(small: Register) -> None:
    """The year's own figure is of the whole year; in a part of it there are its calls."""
    first_half = Period(date(2024, 1, 1), date(2024, 6, 30))
    report = make(small, first_half)
    assert cells(report, "programmes", "participants")["RÅD"]["volume"] == 5
    assert "costs" not in {table.id for table in section(report, "programmes").tables}
    assert "hela 2024" in section(report, "programmes").notes[0]
    assert cells(report, "structural", "attendees")["DAG"]["attendees"] == 30


def test_a_figure_typed_in_is_held_against_the_counted_one(small: Register) -> None:
    told = "Deltagare i Råd: 7 (angivet på insatsens år) men 5 (registrerade samtal)."
    assert warnings(make(small)) == [told]


def test_a_report_of_some_people_tells_no_cost_and_nobody_without_person(small: Register) -> None:
    report = make(small, sex="woman")
    found = table(report, "programmes", "participants")
    assert [column.key for column in found.columns] == ["group", "budget", "registered", "count"]
    assert [row.key for row in found.rows] == ["SAM", "TVÅ"]
    assert sheet(report, "programmes", "SAM")["cost"] is None


def test_a_programme_that_has_ended_is_not_told_of(small: Register) -> None:
    ids = {table.id for table in section(make(small), "programmes").tables}
    assert ids == {
        "participants",
        "closed",
        "costs",
        *(f"programme_{p}" for p in ("SAM", "TVÅ", "RÅD")),
    }


def test_days_without_a_date_are_in_no_period(small: Register) -> None:
    report = make(small)
    found = sheet(report, "structural", "DAG")
    assert (found["date"], found["attendees"], found["lecturers"]) == (
        "1 feb 2024, 1 sep 2024",
        50,
        "2",
    )
    assert section(report, "structural").notes == (
        "Dagar utan datum hör inte till någon period och är inte med.",
    )


@pytest.mark.parametrize(
    ("measure", "part", "whole", "outcome"),
    [
        ("new_participants", 6, None, 6),
        ("participants", 7, None, 7),
        ("under_30", 2, 5, 40.0),
        ("own_livelihood", 3, 4, 75.0),
        ("work_or_studies", 2, 3, 66.7),
        ("mean_months", None, 5, 4.0),  # 606 days
        ("positive_step", 0, 0, None),
        ("not_ill", 2, 3, 66.7),
        ("useful", 1, 2, 50.0),
        ("readier", 0, 0, None),
        ("own_livelihood_6", 2, 2, 100.0),
        ("work_or_studies_6", 1, 2, 50.0),
        ("response_6", 2, 4, 50.0),
        ("response_18", 0, 0, None),
        ("attendees", 50, None, 50),
        ("other", None, None, None),
    ],
)
def test_every_measure_is_of_those_with_an_answer(
    small: Register, measure: str, part: Cell, whole: Cell, outcome: Cell
) -> None:
    found = goal(make(small), measure)
    assert (found["count"], found["of"], found["outcome"]) == (part, whole, outcome)


def test_there_is_a_way_to_take_every_measure_but_the_one_that_is_told() -> None:
    codes = {code.key for code in default_codes() if code.list == "measure"}
    assert set(_measures.MEASURES) == codes - {"other"}


def test_at_most_is_reached_from_below_and_a_little_short_is_short(small: Register) -> None:
    report = make(small)
    found = goal(report, "participants", "TVÅ")
    assert (found["direction"], found["difference"], found["fulfilled"]) == ("högst", 0.0, "ja")
    found = goal(report, "participants", "RÅD")
    assert (found["direction"], found["difference"], found["fulfilled"]) == ("minst", -0.1, "nej")
    assert goal(report, "mean_months", "TVÅ")["fulfilled"] == "–"


def test_what_cannot_be_judged_says_why(small: Register) -> None:
    report = make(small)
    comments = {key: row["value"] for key, row in cells(report, "goals", "comments").items()}
    assert comments["readier"] == "Underlag saknas."
    assert comments["other"] == "Gick bra."
    assert cells(report, "goals", "summary")["all"]["unknown"] == 10


def test_the_goals_of_another_year_and_of_other_programmes_are_not_there(small: Register) -> None:
    assert {t.id for t in section(make(small, programme="TVÅ"), "goals").tables} == {
        "summary",
        "goals_TVÅ",
        "comments_TVÅ",
    }
    report = make(small, Period.year(2022))
    assert section(report, "goals").notes == ("Inga mål är inlagda för året.",)
    assert section(report, "goals").tables == ()


def test_the_comparison_is_with_all_and_with_those_who_answered(small: Register) -> None:
    report = make(small)
    assert [*cells(report, "followup", "response")["6"].values()][1:] == [5, 2, 4, 2, 50.0]
    found = cells(report, "followup", "compared_6")
    assert [*found["own_livelihood"].values()][1:] == [100.0, 75.0, 50.0, 2, 2, 3, 4, 1, 2]
    assert [*found["work_or_studies"].values()][1:] == [50.0, 66.7, 50.0, 1, 2, 2, 3, 1, 2]
    assert telling.sentences(section(report, "followup"))[1] == (
        "Av dem som svarade efter 6 månader var 100,0 % utan offentlig försörjning; vid avslut "
        "var det 75,0 % av alla och 50,0 % av samma personer."
    )


def test_a_year_of_the_demo_agrees_with_itself_and_with_its_parts(demo: Register) -> None:
    report = make(demo)
    assert warnings(report) == []
    whole = cells(report, "programmes", "closed")
    parts = [make(demo, sex=sex) for sex in ("woman", "man", "other", "unknown")]
    for key, row in whole.items():
        for column in ("count", "positive"):
            found = [cells(part, "programmes", "closed").get(key) for part in parts]
            assert sum(int(str(each[column])) for each in found if each) == row[column]
    followed = cells(report, "followup", "response")
    for months, row in followed.items():
        found = [cells(part, "followup", "response").get(months) for part in parts]
        for column in ("due", "sample", "answered"):
            assert sum(int(str(each[column])) for each in found if each) == row[column]


def test_a_hidden_count_is_hidden_wherever_it_is_printed(small: Register) -> None:
    report = hide(make(small), 5)
    assert cells(report, "programmes", "participants")["TVÅ"]["count"] is HIDDEN
    assert sheet(report, "programmes", "TVÅ")["participants"] is HIDDEN
    found = goal(report, "participants", "TVÅ")
    assert [found[key] for key in ("count", "outcome", "difference", "fulfilled")] == [HIDDEN] * 4
    assert (found["direction"], found["target"]) == ("högst", 2)
    found = goal(report, "own_livelihood")
    assert (found["count"], found["outcome"]) == (HIDDEN, HIDDEN)


def test_001_the_participants_and_costs_of_individual_programmes(report_2019: Register) -> None:
    report = make(report_2019, YEAR_2019)
    found = cells(report, "programmes", "participants")
    assert {key: (row["budget"], row["count"]) for key, row in found.items()} == {
        "MT": (100, 125),
        "CT": (100, 120),
        "VMT": (10, 11),
        "VCT": (15, 11),
        "RAD": (150, 163),
        "all": (375, 430),
    }
    costs = {id: sheet(report, "programmes", id)["cost"] for id, *_ in mal_2019.INDIVIDUAL}
    assert costs == {
        "MT": "3 518 kr",
        "VMT": "3 518 kr",
        "RAD": "3 518 kr",
        "CT": "24 431 kr",
        "VCT": "24 431 kr",
    }


def test_001_the_sheet_of_mottagningsteamet(report_2019: Register) -> None:
    report = make(report_2019, YEAR_2019)
    found = sheet(report, "programmes", "MT")
    assert found["period"] == "1 nov 2014 – 31 dec 2020"
    assert (found["budget"], found["actual"]) == ("1 311 000 kr", "1 051 782,22 kr")
    assert (found["result"], found["fulfilment"]) == (mal_2019.RESULT, "Mycket god")
    # 001 tells of 110 closed and 70 steps: those of its part of Växa are among them.
    both = [sheet(report, "programmes", id) for id in ("MT", "VMT")]
    assert sum(int(str(each["closed"])) for each in both) == 110
    assert sum(int(str(each["positive"])) for each in both) == 70


def test_001_the_sheets_of_the_structural_programmes(report_2019: Register) -> None:
    report = make(report_2019, YEAR_2019)
    found = {id: sheet(report, "structural", id) for id, *_ in mal_2019.STRUCTURAL}
    assert [found["MASSA"][key] for key in ("date", "attendees", "lecturers", "exhibitors")] == [
        "13 nov 2019",
        220,
        "5",
        "16",
    ]
    assert (found["MASSA"]["budget"], found["MASSA"]["actual"]) == ("30 000 kr", "26 547,23 kr")
    assert (found["DAG"]["date"], found["DAG"]["attendees"]) == ("29 nov 2019", 65)
    # 001 has 1 000 and 483 kr for the first two: what the whole county paid (tests/test_costs.py).
    costs = {id: cells_["cost"] for id, cells_ in found.items()}
    assert costs == {"DAG": "231 kr", "MASSA": "121 kr", "BEHOV": "2 435 kr"}


def test_004_the_goals(report_2022: Register) -> None:
    report = make(report_2022, YEAR_2022)
    assert goal(report, "new_participants")["outcome"] == 401
    assert goal(report, "attendees")["outcome"] == 657
    # Printed in whole per cent: 21, 70 and 56; and of those who closed 25, drygt 31, knappt 76.
    shares = {m: goal(report, m)["outcome"] for m in ("under_30", "useful", "readier")}
    assert shares == {"under_30": 21.0, "useful": 70.0, "readier": 56.0}
    closed = {
        measure: goal(report, measure, "RV")["outcome"]
        for measure in ("own_livelihood", "work_or_studies", "not_ill", "mean_months")
    }
    assert closed == {
        "own_livelihood": 25.1,
        "work_or_studies": 31.2,
        "not_ill": 75.9,
        "mean_months": 8.9,  # "knappt 9 månader"
    }
    told = {measure: goal(report, measure)["fulfilled"] for measure in ("useful", "readier")}
    assert told == {"useful": "nej", "readier": "ja"}


def test_004_who_is_new(report_2022: Register) -> None:
    report = build(report_2022, "oversikt", YEAR_2022, today=TODAY, sections=["participants"])
    found = cells(report, "participants")["started"]
    assert (found["count"], found["unique"], found["anonymous"]) == (401, 277, 10)
    assert sum(sum(people) for people in mal_2022.NEW.values()) == 401
    found = cells(make(report_2022, YEAR_2022, programme="UTR"), "programmes", "participants")[
        "all"
    ]
    assert (found["registered"], found["anonymous"], found["count"]) == (170, 7, 177)


@pytest.mark.parametrize(
    ("months", "group", "period"),
    [
        # Closed from January 2021 to June 2022; their calls fell due half a year later.
        (6, mal_2022.SIX_MONTHS, Period(date(2021, 7, 1), date(2022, 12, 31))),
        (24, mal_2022.TWO_YEARS, YEAR_2022),
    ],
)
def test_004_the_follow_up(
    report_2022: Register, months: int, group: mal_2022.Group, period: Period
) -> None:
    report = make(report_2022, period, programme="RV")
    closed, consented, answered = group[:3]
    response = cells(report, "followup", "response")[str(months)]
    assert (response["due"], response["consented"], response["answered"]) == group[:3]
    assert response["share"] == share(answered, consented)
    found = cells(report, "followup", f"compared_{months}")
    for measure, after, closure, same in (
        ("own_livelihood", group.own_after, group.own, group.own_same),
        ("work_or_studies", group.work_after, group.work, group.work_same),
    ):
        assert [*found[measure].values()][1:] == [
            *(share(after, answered), share(closure, closed), share(same, answered)),
            *(after, answered, closure, closed, same, answered),
        ]


def test_004_prints_whole_per_cent_of_the_same() -> None:
    printed = {
        (mal_2022.SIX_MONTHS, 80): (37, 22, 37, 31),
        (mal_2022.TWO_YEARS, 71): (40, 17, 42, 27),
    }
    for (group, rate), shares in printed.items():
        assert round(100 * group.answered / group.consented) == rate
        after = round(100 * group.own_after / group.answered), round(100 * group.own / group.closed)
        work = (
            round(100 * group.work_after / group.answered),
            round(100 * group.work / group.closed),
        )
        assert (*after, *work) == shares

"""Report 000, Sydnärke's programmes in 2019, rebuilt: the figures as printed there.

Where the printed report contradicts itself the data decides, and the test says so.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.report import Report, build, telling
from finsam_tui.storage import code_lists
from tests.report.conftest import cells, counts, empty, section
from tests.report.seeds import siffror_000 as seed
from tests.report.seeds.mal_files import take_in

if TYPE_CHECKING:
    from finsam_tui.report.model import Cell

TODAY = date(2020, 2, 1)
HOMES = (seed.ASKERSUND, seed.HALLSBERG, seed.KUMLA, seed.LAXA)
TEAMS = tuple(seed.TEAMS)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    files = seed.files(tmp_path_factory.mktemp("files"))
    with empty(tmp_path_factory.mktemp("year")) as register:
        with register.write() as conn:
            code_lists.install(conn, seed.UNITS)
        take_in(register, files, datetime.combine(TODAY, datetime.min.time()))
        return build(register, "siffror", Period.year(seed.YEAR), today=TODAY)


def rows(report: Report, name: str, id: str) -> dict[str, tuple[Cell, ...]]:
    """Return a table as row key → cells after the label."""
    return {key: tuple(row.values())[1:] for key, row in cells(report, name, id).items()}


def told(report: Report, name: str) -> str:
    return " ".join(telling.sentences(section(report, name)))


def warned(report: Report, name: str) -> list[str]:
    return list(telling.warnings(section(report, name)))


def test_counties(report: Report) -> None:
    assert list(rows(report, "counties", "counties").items())[:5] == [
        (name, figures) for name, figures in seed.COUNTIES.items()
    ]
    assert told(report, "counties") == "Örebro län hade 799 av länens 2 742 deltagare."


def test_associations(report: Report) -> None:
    assert rows(report, "associations", "associations") == {
        **seed.ASSOCIATIONS,
        "all": seed.ASSOCIATIONS_TOTAL,
    }
    assert told(report, "associations") == (
        "Samordningsförbundet Sydörarna hade 263 av de 799 deltagarna, 171 av de 447 nya och 189 "
        "av de 447 avslutade."
    )


def test_the_own_line_beside_the_register(report: Report) -> None:
    """The teams' own tables have 267, 176 new and 194 closed: SUS's 263, 171, 189 and 4 anonymous.

    So the four are in all of them; but 171 + 4 is not 176, and 189 + 4 not 194.
    """
    own = cells(report, "associations", "own")
    assert [row["published"] for row in own.values()] == list(seed.ASSOCIATIONS[seed.OWN])
    assert [row["counted"] for row in own.values()] == [5, 225, 267, 176, 194, 0, 150, 163]
    assert warned(report, "associations") == [
        "Deltagare: 263 (redovisat av förbundet) men 267 (räknat i registret).",
        "Nya: 171 (redovisat av förbundet) men 176 (räknat i registret).",
        "Avslutade: 189 (redovisat av förbundet) men 194 (räknat i registret).",
        "Nya anonyma: 4 (redovisat av förbundet) men 0 (räknat i registret).",
        # The county's own line is at odds with its four associations.
        "Insatser: 28 (redovisat av länet) men 15 (förbunden tillsammans).",
        "Budget volym: 604 (redovisat av länet) men 157 (förbunden tillsammans).",
        "Volym: 1 815 (redovisat av länet) men 249 (förbunden tillsammans).",
    ]


def test_homes_of_all_programmes(report: Report) -> None:
    found = cells(report, "home")
    for id, team in seed.TEAMS.items():
        row = found[id]
        printed = [sum(team.home[home]) for home in HOMES]
        assert [row[f"municipality_{home}"] for home in HOMES] == printed
        assert row[f"municipality_{seed.STAYING}"] == sum(team.home.get(seed.STAYING, (0, 0)))
        assert (row["volume"], row["total"]) == (None, team.total)
    assert list(found["RAD"].values())[1:] == [None] * 5 + [163, 163]
    # Printed: 47, 50, 107, 41 and nothing, which are the first two teams alone.
    assert list(found["all"].values())[1:] == [48, 59, 111, 46, 3, 163, 430]
    first = [sum(sum(seed.TEAMS[id].home[home]) for id in ("MT", "CT")) for home in HOMES]
    assert first == [47, 50, 107, 41]
    assert told(report, "home") == (
        "Totalt 430: 267 inskrivningar med personuppgifter, 163 utan personuppgifter. Flest bor i "
        "Kumla: 111 (41,6 %)."
    )


@pytest.mark.parametrize(
    ("team", "shares"),
    [("CT", [16.7, 21.7, 46.7, 15.0]), ("VCT", [0.0, 45.5, 9.1, 18.2, 27.3])],
)
def test_homes_of_a_programme(report: Report, team: str, shares: list[float]) -> None:
    found = cells(report, "home", f"places_{team}")
    printed = seed.TEAMS[team].home
    assert [found[home]["share"] for home in printed] == shares
    assert [found[home]["count"] for home in printed] == [sum(n) for n in printed.values()]
    assert found["missing"]["count"] == 0


@pytest.mark.parametrize("team", TEAMS)
def test_inflow(report: Report, team: str) -> None:
    home = seed.TEAMS[team].home
    found = rows(report, "inflow", f"inflow_{team}")
    assert {key: found[key] for key in home} == {k: (*n, sum(n)) for k, n in home.items()}
    left, new = (sum(column) for column in zip(*home.values(), strict=True))
    assert found["all"] == (left, new, seed.TEAMS[team].total)


def test_inflow_of_both_teams_as_printed(report: Report) -> None:
    assert rows(report, "inflow", "inflow_MT")["all"][:2] == (34, 91)
    assert rows(report, "inflow", "inflow_CT")["all"][:2] == (57, 63)
    labels = [column.label for column in section(report, "inflow").tables[0].columns]
    assert labels == ["", "Kvar från 2018", "Nya 2019", "Summa"]
    assert told(report, "inflow") == "Av 267 inskrivningar var 91 kvar från tidigare och 176 nya."


def test_parties_of_the_first_team_with_their_units(report: Report) -> None:
    found = counts(report, "referrers", "referrers_MT")
    units = {key: count for key, count in found.items() if "/" in key and count}
    assert [found[key] for key in ("employment_service", "self", "social_insurance")] == [24, 5, 16]
    assert [found[key] for key in ("municipality", "region", "other", "all")] == [31, 43, 6, 125]
    assert units == {
        "self/own": 3,
        "self/relative": 2,
        "municipality/labour_market_unit": 7,
        "municipality/social_services": 20,
        "municipality/other_municipal": 4,
        "region/psychiatry": 18,
        "region/primary_care": 24,
        "region/university_hospital": 1,
        "other/other_team": 6,
    }


def test_parties_of_the_other_team_with_shares(report: Report) -> None:
    found = rows(report, "referrers", "referrers_CT")
    assert {key: row for key, row in found.items() if "/" not in key} == {
        "employment_service": (10, 8.3),
        "social_insurance": (53, 44.2),
        "municipality": (17, 14.2),
        "region": (35, 29.2),
        "self": (4, 3.3),
        "other": (1, 0.8),
        "missing": (0, None),
        "all": (120, 100.0),
    }
    units = [found[f"social_insurance/{unit}"][0] for unit in ("january_may", "june_december")]
    assert units == [43, 10]
    assert [found[f"region/{u}"][0] for u in ("habilitation", "psychiatry", "primary_care")] == [
        *(1, 17, 17)
    ]


def test_parties_of_the_project(report: Report) -> None:
    found = counts(report, "referrers", "referrers_VCT")
    # Arena familj is a party of its own in print, and a unit of the municipality's here.
    assert found["municipality"] == 4 + 3
    assert found["municipality/family_arena"] == 3
    assert found["social_insurance/case_worker"] == 1
    assert found["all"] == 11


@pytest.mark.parametrize("team", TEAMS)
def test_outflow(report: Report, team: str) -> None:
    found = cells(report, "outflow", f"outflow_{team}")
    closed = seed.TEAMS[team].closed
    assert {key: (found[key]["closed"], found[key]["onward"]) for key in closed} == closed
    granted = seed.TEAMS[team].granted
    assert {key: found[key]["granted"] for key in granted} == granted


def test_outflow_of_all_as_printed(report: Report) -> None:
    sums = {id: rows(report, "outflow", f"outflow_{id}")["all"][:2] for id in TEAMS}
    assert sums == {"MT": (102, 64), "CT": (76, 44), "VMT": (8, 6), "VCT": (8, 4)}
    assert cells(report, "outflow", "outflow_MT")["all"]["granted"] == 5
    assert told(report, "outflow") == "Av 194 avslutade har 118 (60,8 %) gått vidare."


@pytest.mark.parametrize("team", TEAMS)
def test_results(report: Report, team: str) -> None:
    found = cells(report, "results", f"results_{team}").values()
    shown = {str(row["group"]).removesuffix(" +").lower(): row["count"] for row in found}
    printed = {label.lower(): count for label, count in seed.TEAMS[team].results.items()}
    assert {label: count for label, count in shown.items() if count} == {
        **printed,
        "avslutade": sum(closed for closed, _ in seed.TEAMS[team].closed.values()),
    }


def test_more_results_than_closed(report: Report) -> None:
    """Printed are 124 results of 102 who closed, 84 of 76, 10 of 8 and 8 of 8."""
    found = rows(report, "results", "results_sum")
    assert {id: found[id][0] for id in TEAMS} == {"MT": 102, "CT": 76, "VMT": 8, "VCT": 8}
    assert {id: found[id][2] for id in TEAMS} == {"MT": 124, "CT": 84, "VMT": 10, "VCT": 8}
    assert found["all"] == (194, 194, 226, 118)
    labels = {row["group"] for row in cells(report, "results").values()}
    assert {"Studier SFI +", "Sjukersättning"} <= labels


def test_structural_programmes(report: Report) -> None:
    found = rows(report, "structural", "structural")
    printed = {id: tuple(figures) for id, (_, *figures) in seed.STRUCTURAL.items()}
    assert {key: row[:2] for key, row in found.items()} == {**printed, "all": (275, 342)}
    assert told(report, "structural") == (
        "Insatserna hade 342 deltagare; budgeten var 275. Året före, 2018, var deltagarna 203."
    )
    assert {row["volume"] for row in cells(report, "structural").values()} == {"Ja", None}


def test_nothing_else_parts(report: Report) -> None:
    parting = [made.id for made in report.sections if made.warnings]
    assert parting == ["associations"]

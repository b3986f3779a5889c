"""SUS as reports 000 and 002 print it, rebuilt to the decimal from rows made of their figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.report import build, telling
from finsam_tui.report.model import Base
from tests.report.conftest import cells, counts, empty, section
from tests.report.seeds import sus_000, sus_002
from tests.report.seeds.sus_files import Programme, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from finsam_tui.report import Report
    from finsam_tui.report.model import Cell
    from tests.report.seeds.sus_002 import BeforeAfter
    from tests.report.seeds.sus_files import Enrolment

    Make = Callable[[Sequence[Enrolment], Sequence[Programme], int], Report]

ONE = (Programme("P", "Samordningsteam Västerås"),)


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """What makes the report of a year from rows."""

    def made(enrolments: Sequence[Enrolment], programmes: Sequence[Programme], year: int) -> Report:
        with empty(tmp_path_factory.mktemp("register")) as register:
            fill(register, tmp_path_factory.mktemp("files"), enrolments, programmes, year=year)
            return build(register, "sus", Period.year(year), today=date(year + 1, 1, 18))

    return made


@pytest.fixture(scope="module")
def started(make: Make) -> Report:
    return make(sus_002.started(), ONE, sus_002.YEAR)


@pytest.fixture(scope="module")
def closed(make: Make) -> Report:
    return make(sus_002.closed(), ONE, sus_002.YEAR)


@pytest.fixture(scope="module")
def sydnarke_2019(make: Make) -> Report:
    return make(sus_000.enrolments(), sus_000.programmes(), sus_000.YEAR)


def rows(report: Report, name: str, id: str, *columns: str) -> dict[str, tuple[Cell, ...]]:
    """Return some columns of a table by row, without rows of noughts and dashes."""
    return {
        key: tuple(row[column] for column in columns)
        for key, row in cells(report, name, id).items()
        if any(cell for column, cell in row.items() if column != "group")
    }


def warnings(report: Report) -> list[str]:
    return [told for section in report.sections for told in telling.warnings(section)]


def test_002_education_by_sex(started: Report) -> None:
    columns = ("women", "women_share", "men", "men_share")
    found = rows(started, "education", "education", *columns)
    assert found.pop("all") == (51, 59.3, 35, 40.7)
    assert found == sus_002.EDUCATION
    assert rows(started, "education", "education", "count", "share")["all"] == (86, 100.0)
    assert section(started, "education").base == Base(86, 86, 51, 35, of="started")


@pytest.mark.parametrize(
    ("name", "printed"),
    [("age", sus_002.AGE), ("public_support_time", sus_002.PUBLIC_SUPPORT_TIME)],
)
def test_002_target_group(
    started: Report, name: str, printed: Mapping[str, tuple[int, float]]
) -> None:
    found = rows(started, name, name, "count", "share")
    assert found.pop("all") == (86, 100.0)
    assert found == printed
    assert list(found) == list(printed)


def test_002_closure_reasons(closed: Report) -> None:
    found = rows(closed, "closure_reason", "closure_reason", "count", "share")
    assert found.pop("all") == (53, 100.0)
    assert found == sus_002.CLOSURE_REASON


def test_002_time_in_the_programme(make: Make) -> None:
    report = make(sus_002.timed(), ONE, sus_002.YEAR)
    found = rows(report, "programme_time", "programme_time", "count", "share")
    assert found.pop("all") == (47, 100.0)
    assert found == sus_002.PROGRAMME_TIME


def check_before_and_after(
    found: dict[str, dict[str, Cell]], printed: Mapping[str, BeforeAfter]
) -> None:
    """Compare a table with the printed one, which leaves out what is missing at start."""
    for key, row in printed.items():
        it = found[key]
        assert (it["after"], it["share_after"]) == (row.after, row.share_after or 0.0), key
        if row.before is not None:
            assert (it["before"], it["share_before"]) == (row.before, row.share_before or 0.0), key
            assert it["change"] == row.after - row.before, key
        change = it["change_share"]
        if row.change_share is not None:
            assert isinstance(change, float)
            assert int(change) == row.change_share, key
    left_over = {key for key, row in found.items() if any(list(row.values())[1:])} - set(printed)
    assert left_over <= {"all"}


def test_002_occupation_with_job_seekers_who_neither_study_nor_work(make: Make) -> None:
    report = make(sus_002.grouped(), ONE, sus_002.YEAR)
    found = cells(report, "occupation")
    check_before_and_after(found, sus_002.OCCUPATION)
    assert found["missing"]["before"] == 57 - 16


def test_002_occupation_of_every_kind(closed: Report) -> None:
    found = cells(closed, "occupation", "occupation_kinds")
    check_before_and_after(found, sus_002.OCCUPATION_KINDS)
    assert (found["all"]["before"], found["all"]["after"]) == (16, 53)
    assert found["missing"]["before"] == 53 - 16
    # The two layouts contradict each other: four of the 15 job-seekers work or study.
    assert cells(closed, "occupation")["job_seeking"]["after"] == 11


def test_002_livelihoods(closed: Report) -> None:
    found = cells(closed, "livelihood")
    check_before_and_after(found, sus_002.LIVELIHOOD)
    assert (found["all"]["before"], found["all"]["after"]) == (61, 61)
    assert section(closed, "livelihood").base.enrolments == 53


def test_000_registered_participants(sydnarke_2019: Report) -> None:
    found = rows(sydnarke_2019, "programmes", "programmes", "group", "budget", "count", "is_volume")
    assert found.pop("all") == ("Totalt", sus_000.BUDGET, sus_000.TOTAL, "")
    assert found == {
        id: (row.name, row.budget, row.actual, "Ja" if row.women is None else "Nej")
        for id, row in sus_000.PROGRAMMES.items()
    }
    assert list(found)[-1] == "ADV"


def test_000_everybody(sydnarke_2019: Report) -> None:
    assert counts(sydnarke_2019, "participants", "everybody") == {
        "persons": sus_000.PERSONS,
        "anonymous": sus_000.ANONYMOUS,
        "volume": sus_000.VOLUME,
        "all": sus_000.TOTAL,
    }
    assert telling.sentences(section(sydnarke_2019, "participants")) == (
        "263 med personuppgifter + 4 anonyma + 163 utan personuppgifter = 430 deltagare.",
    )


def test_000_the_four_bars(sydnarke_2019: Report) -> None:
    found = rows(sydnarke_2019, "participants", "participants", "women", "men", "count")
    assert found == {
        "participated": (156, 107, sus_000.PERSONS),
        "started": (*sus_000.STARTED, 171),
        "closed": (*sus_000.CLOSED, 189),
        "ongoing": (43, 31, 74),
    }


def test_000_women_and_men(sydnarke_2019: Report) -> None:
    found = cells(sydnarke_2019, "sex")
    for id, row in sus_000.PROGRAMMES.items():
        women, men, anonymous = (found[id][column] for column in ("women", "men", "anonymous"))
        assert found[id]["count"] == row.actual
        assert anonymous == row.anonymous
        # Printed, the anonymous are among the women and men.
        assert (women, men) == ((row.women or 0) - row.anonymous, row.men or 0)
    assert found["all"]["volume"] == found["ADV"]["volume"] == sus_000.VOLUME
    assert found["all"]["count"] == sus_000.TOTAL
    assert sum(sus_000.WOMEN_AND_MEN) == sus_000.PERSONS + sus_000.ANONYMOUS


def test_000_work_or_studies(sydnarke_2019: Report) -> None:
    found = cells(sydnarke_2019, "work_or_studies", "after")
    count, whole_share = sus_000.WORK_OR_STUDIES
    assert (found["yes"]["count"], found["all"]["count"]) == (count, 189)
    assert found["yes"]["closed_share"] == 23.8
    assert round(23.8) == whole_share
    assert section(sydnarke_2019, "work_or_studies").base == Base(189, 189, 113, 76, of="closed")


def test_no_two_figures_part(started: Report, closed: Report, sydnarke_2019: Report) -> None:
    assert warnings(started) + warnings(closed) + warnings(sydnarke_2019) == []

"""The sections of SUS, counted by hand on a few enrolments, and held to their rules on many."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.dates import add_months, months_between
from finsam_tui.domain.periods import Period
from finsam_tui.report import Filters, Report, build, telling
from finsam_tui.report.scope import Options
from tests.report.conftest import TODAY, YEAR, cells, counts, empty, section, table
from tests.report.seeds.sus_files import Enrolment, Programme, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from finsam_tui.report.model import Cell
    from finsam_tui.storage.register import Register

    Make = Callable[[Sequence[Enrolment]], Register]

START, END = date(2024, 1, 10), date(2024, 6, 20)
QUARTER = Period(date(2024, 1, 1), date(2024, 3, 31))
SHARED_OUT = {  # section → population
    "age": "started",
    "education": "started",
    "public_support_time": "started",
    "programme_time": "closed",
    "closure_reason": "closed",
}

PROGRAMMES = (
    Programme("P", "Prova på", budget=12, calls=((date(2024, 2, 1), 30),)),
    Programme("V", "Volym", volume=True, budget=20, actual=9, calls=((date(2024, 2, 1), 7),)),
    Programme("W", "Vägledning", volume=True, calls=((END, 4), (date(2023, 5, 1), 50))),
    Programme("X", "Vilande"),
)


def happened(sex: str, before: str, after: str, lived: str = "/", reason: str = "") -> Enrolment:
    """Return a closed enrolment: occupation before and after, livelihood "before/after"."""
    first, _, last = lived.partition("/")
    return Enrolment(
        sex, START, END, occupation=(before, after), livelihood=(first, last), reason=reason
    )


CLOSED = (
    happened("kvinna", "none", "work:50", "income_support|wage/wage", "discharge"),  # got
    happened("man", "studies:25", "studies:50", "income_support/", "missing"),  # increased
    happened("kvinna", "work:50", "work:50", "/no_public"),  # same
    happened("man", "work:50", "work:25|studies:50"),  # increased: from 50 to 75
    happened("man", "subsidised_work", "work:100"),  # not known: no extent before
    happened("kvinna", "", "studies:100|job_seeking"),  # not known: nothing told before
    happened("kvinna", "job_seeking", "missing"),  # "uppgift saknas" is no answer
    happened("man", "none", "none"),  # neither
    happened("man", "", "", reason="unmeasured"),
)
OTHERS = (
    Enrolment("okänt", date(2023, 5, 1)),
    Enrolment("man", START, END, registration="anonym", occupation=("none", "work:100")),
)


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """What puts enrolments into a register of their own."""

    def made(enrolments: Sequence[Enrolment]) -> Register:
        register = empty(tmp_path_factory.mktemp("register"))
        fill(register, tmp_path_factory.mktemp("files"), enrolments, PROGRAMMES, year=2024)
        return register

    return made


@pytest.fixture(scope="module")
def small(make: Make) -> Iterator[Register]:
    with make([*CLOSED, *OTHERS]) as register:
        yield register


@pytest.fixture(scope="module")
def report(small: Register) -> Report:
    return sus(small)


def sus(register: Register, period: Period = YEAR, **filters: str) -> Report:
    return build(register, "sus", period, Filters(**filters), today=TODAY)


def column(report: Report, name: str, key: str, id: str | None = None) -> dict[str, Cell]:
    return {row: found[key] for row, found in cells(report, name, id).items()}


def warnings(report: Report) -> list[str]:
    return [told for section in report.sections for told in telling.warnings(section)]


def test_who_works_or_studies_after_is_a_share_of_all_and_of_those_who_told(report: Report) -> None:
    found = cells(report, "work_or_studies", "after")
    assert counts(report, "work_or_studies", "after") == {
        "yes": 6,
        "no": 1,
        "missing": 2,
        "all": 9,
    }
    assert (found["yes"]["women"], found["yes"]["men"]) == (3, 3)
    assert (found["yes"]["share"], found["yes"]["closed_share"]) == (85.7, 66.7)
    assert found["missing"]["share"] is None


def test_who_got_work_or_more_of_it_is_compared_with_start(report: Report) -> None:
    assert counts(report, "work_or_studies", "gains") == {
        "more": 3,
        "got": 1,
        "increased": 2,
        "same": 1,
        "missing": 2,
        "all": 6,
    }
    assert cells(report, "work_or_studies", "gains")["more"]["share"] == 75.0


def test_job_seekers_who_work_or_study_are_none_in_the_first_layout(report: Report) -> None:
    assert column(report, "occupation", "before") == {
        "job_seeking": 1,
        "employment": 3,
        "studies": 1,
        "neither": 2,
        "missing": 2,
        "all": 7,
    }
    assert column(report, "occupation", "after") == {
        "job_seeking": 0,
        "employment": 4,
        "studies": 3,
        "neither": 1,
        "missing": 2,
        "all": 9,
    }


def test_the_second_layout_has_every_kind_and_who_was_not_measured(report: Report) -> None:
    assert column(report, "occupation", "after", "occupation_kinds") == {
        "work": 4,
        "subsidised_work": 0,
        "studies": 3,
        "job_seeking": 1,
        "neither": 1,
        "unmeasured": 1,
        "missing": 1,
        "work_or_studies": 6,
        "all": 9,
    }
    found = cells(report, "occupation", "occupation_kinds")
    assert found["work_or_studies"] == {
        "group": "Arbete och/eller studier",
        "before": 4,
        "share_before": 57.1,
        "after": 6,
        "share_after": 66.7,
        "change": 2,
        "change_share": 50.0,
    }
    assert [found["unmeasured"][key] for key in ("before", "change", "change_share")] == [None] * 3
    assert [found["missing"][key] for key in ("before", "share_before", "change")] == [
        2,
        None,
        None,
    ]


def test_livelihoods_are_counted_each_and_their_sum_is_what_shares_are_of(report: Report) -> None:
    found = cells(report, "livelihood")
    told = {key: (row["before"], row["after"]) for key, row in found.items()}
    assert {key: both for key, both in told.items() if any(both)} == {
        "income_support": (2, 0),
        "wage": (1, 1),
        "no_public": (0, 1),
        "missing": (7, 7),
        "all": (10, 9),
    }
    assert found["income_support"]["share_before"] == 20.0
    assert found["missing"]["share_before"] == 70.0
    assert found["wage"]["share_after"] == 11.1
    assert found["no_public"]["change_share"] is None


def test_a_flow_is_counted_for_every_pair_of_livelihoods(report: Report) -> None:
    found = cells(report, "livelihood_flow")
    pairs = {
        (start, key.removeprefix("to_")): cell
        for start, row in found.items()
        for key, cell in row.items()
        if key.startswith("to_") and cell and start != "all"
    }
    assert pairs == {
        ("income_support", "wage"): 1,
        ("wage", "wage"): 1,
        ("income_support", "missing"): 1,
        ("missing", "no_public"): 1,
        ("missing", "missing"): 6,
    }
    numbers = [row["number"] for row in found.values()]
    labels = [head.label for head in table(report, "livelihood_flow").columns[3:]]
    assert numbers == [*labels, ""]


def test_flows_begin_and_end_in_the_livelihoods_of_the_other_section(demo: Register) -> None:
    report = sus(demo)
    flow, lived = cells(report, "livelihood_flow"), cells(report, "livelihood")
    ends = flow.pop("all")
    for key, row in flow.items():
        assert row["count"] == lived[key]["before"]
        assert ends[f"to_{key}"] == lived[key]["after"]


def test_a_reason_that_says_it_is_missing_is_missing(report: Report) -> None:
    found = counts(report, "closure_reason")
    assert {key: count for key, count in found.items() if count} == {
        "discharge": 1,
        "unmeasured": 1,
        "missing": 7,
        "all": 9,
    }
    assert cells(report, "closure_reason")["discharge"]["share"] == 50.0


def test_volume_is_what_the_year_tells_else_the_calls_under_a_volume_programme(
    report: Report,
) -> None:
    found = cells(report, "programmes")
    assert {key: tuple(row.values())[1:] for key, row in found.items()} == {
        "P": (12, 10, 1, 0, 11, "Nej"),
        "W": (None, 0, 0, 4, 4, "Ja"),
        "V": (20, 0, 0, 9, 9, "Ja"),
        "all": (32, 10, 1, 13, 24, ""),
    }
    assert counts(report, "participants", "everybody") == {
        "persons": 10,
        "anonymous": 1,
        "volume": 13,
        "all": 24,
    }
    assert warnings(report) == [
        "Volym i Volym: 9 (utfallet som angetts för året) men 7 (registrerade rådgivande samtal)."
    ]


def test_a_part_of_a_year_has_no_budget_and_counts_its_calls(small: Register) -> None:
    report = sus(small, QUARTER)
    assert cells(report, "programmes")["V"] == {
        "group": "Volym",
        "persons": 0,
        "anonymous": 0,
        "volume": 7,
        "count": 7,
        "is_volume": "Ja",
    }
    assert "W" not in cells(report, "programmes")
    assert "kalenderår" in telling.notes(section(report, "programmes"))[0]
    assert warnings(report) == []


def test_volume_is_of_neither_women_nor_men(small: Register) -> None:
    report = sus(small, sex="woman")
    assert counts(report, "participants", "everybody") == {
        "persons": 4,
        "anonymous": 0,
        "all": 4,
    }
    assert list(cells(report, "sex")) == ["P", "all"]
    assert "urval" in telling.notes(section(report, "sex"))[0]


def test_anonymous_participants_are_in_totals_alone(report: Report) -> None:
    assert counts(report, "participants", "participants") == {
        "participated": 10,
        "started": 9,
        "closed": 9,
        "ongoing": 1,
    }
    assert counts(report, "participants", "anonymous")["closed"] == 1
    assert cells(report, "sex")["P"] == {
        "group": "Prova på",
        "women": 4,
        "men": 5,
        "other": 1,
        "anonymous": 1,
        "volume": 0,
        "count": 11,
    }


def days_at_ends(year: int) -> list[tuple[int, int]]:
    """Return days (month, day) at and about the ends of months."""
    february = [(2, day) for day in (27, 28, 29) if day < 29 or year % 4 == 0]
    return [(1, 28), (1, 30), (1, 31), *february, (3, 1), (3, 31), (4, 29), (4, 30), (5, 31)]


def test_a_month_has_begun_with_its_first_day(make: Make) -> None:
    # Around the ends of months, where the same day of a later month may not be there.
    ends = [date(year, month, day) for year in (2023, 2024) for month, day in days_at_ends(year)]
    starts = [add_months(day, -3) for day in ends[::2]]
    pairs = [(first, last) for first in starts for last in ends if first <= last]
    with make([Enrolment("man", first, last) for first, last in pairs]) as register:
        period = Period(min(ends), max(ends))
        report = build(register, "sus", period, today=TODAY, options=Options(month_band=1))
    expected = Counter(months_between(first, last) + 1 for first, last in pairs)
    found = counts(report, "programme_time")
    assert found.pop("all") == len(pairs)
    assert {key: count for key, count in found.items() if count} == {
        f"{months}-{months}": count for months, count in expected.items()
    }
    labels = [row["group"] for row in cells(report, "programme_time").values()]
    assert labels[:2] == ["1 månad", "2 månader"]


def test_bands_go_from_the_first_month_to_the_last_that_is_reached(make: Make) -> None:
    days = (END, add_months(END, -16))
    with make([Enrolment("man", day, END) for day in days]) as register:
        report = sus(register)
    assert counts(report, "programme_time") == {
        "1-5": 1,
        "6-10": 0,
        "11-15": 0,
        "16-20": 1,
        "missing": 0,
        "all": 2,
    }


BORN = {  # age on 2024-01-10 → date of birth
    15: date(2009, 1, 10),
    29: date(1994, 1, 11),
    30: date(1994, 1, 10),
    74: date(1949, 1, 11),
    75: date(1949, 1, 10),
    14: date(2009, 1, 11),
}


def aged(register: Register, *bands: tuple[int, int | None]) -> dict[str, Cell]:
    options = Options(age_bands=bands) if bands else Options()
    report = build(register, "sus", YEAR, today=TODAY, sections=["age"], options=options)
    return {str(row["group"]): row["count"] for row in cells(report, "age").values()}


def test_age_is_in_whole_years_at_the_start(make: Make) -> None:
    with make([Enrolment("man", START, born=day) for day in BORN.values()]) as register:
        assert aged(register) == {
            "Under 15": 1,
            "15–29": 2,
            "30–44": 1,
            "45–59": 0,
            "60–74": 1,
            "Övriga åldrar": 1,
            "Uppgift saknas": 0,
            "Summa": 6,
        }
        assert aged(register, (16, 29), (65, None)) == {
            "Under 16": 2,
            "16–29": 1,
            "65 och äldre": 2,
            "Övriga åldrar": 1,
            "Uppgift saknas": 0,
            "Summa": 6,
        }
        with register.write() as conn:
            # A number without a month of birth: the person's age is not known.
            conn.execute(
                "UPDATE participant SET birth_date = NULL, personal_id = '191500882392'"
                " WHERE birth_date = '1994-01-10'"
            )
        assert aged(register, (15, None)) == {
            "Under 15": 1,
            "15 och äldre": 4,
            "Uppgift saknas": 1,
            "Summa": 6,
        }


def test_education_is_shared_out_over_both_sexes_and_who_did_not_tell_is_in_no_share(
    make: Make,
) -> None:
    told = [("kvinna", "compulsory"), ("man", "compulsory"), ("annat", "unknown"), ("kvinna", "")]
    with make([Enrolment(sex, START, education=key) for sex, key in told]) as register:
        report = sus(register)
    found = cells(report, "education")
    assert list(found["compulsory"].values())[1:] == [1, 33.3, 1, 33.3, 0, 0.0, 2, 66.7]
    assert list(found["unknown"].values())[1:] == [0, 0.0, 0, 0.0, 1, 33.3, 1, 33.3]
    assert list(found["missing"].values())[1:] == [1, None, 0, None, 0, None, 1, None]
    assert list(found["all"].values())[1:] == [2, 33.3, 1, 33.3, 1, 33.3, 4, 100.0]


@pytest.mark.parametrize("where", ["demo", "sydnarke"])
@pytest.mark.parametrize(("name", "population"), SHARED_OUT.items())
def test_rows_make_the_base_and_shares_a_whole(
    request: pytest.FixtureRequest, where: str, name: str, population: str
) -> None:
    report = sus(request.getfixturevalue(where))
    base = section(report, name).base
    assert base.of == population
    found = cells(report, name)
    total = found.pop("all")
    assert total["count"] == base.enrolments >= base.unique > 0
    assert sum(int(str(row["count"])) for row in found.values()) == base.enrolments
    shares = [row["share"] for row in found.values() if row["share"] is not None]
    assert sum(float(str(share)) for share in shares) == pytest.approx(100, abs=0.05 * len(shares))
    assert (total["women"], total["men"]) == (base.women, base.men)


@pytest.mark.parametrize("name", [*SHARED_OUT, "work_or_studies", "livelihood"])
def test_women_and_men_make_everybody(demo: Register, name: str) -> None:
    key = "before" if name == "livelihood" else "count"
    id = "after" if name == "work_or_studies" else name
    everybody = column(sus(demo), name, key, id)
    parts = [
        column(sus(demo, sex=sex), name, key, id) for sex in ("woman", "man", "other", "unknown")
    ]
    assert everybody == {
        row: sum(int(str(part.get(row, 0))) for part in parts) for row in everybody
    }


def test_programmes_make_everybody(demo: Register) -> None:
    report = sus(demo)
    found = counts(report, "programmes")
    all_ = found.pop("all")
    assert all_ == sum(int(str(count)) for count in found.values())
    for programme, count in found.items():
        alone = sus(demo, programme=programme)
        assert counts(alone, "programmes") == {programme: count, "all": count}


@pytest.mark.parametrize("where", ["demo", "sydnarke"])
@pytest.mark.parametrize("year", [2021, 2023, 2024])
def test_no_two_figures_part(request: pytest.FixtureRequest, where: str, year: int) -> None:
    assert warnings(sus(request.getfixturevalue(where), Period.year(year))) == []


def test_003_education_has_everybody_who_started(sydnarke: Register) -> None:
    report = sus(sydnarke, programme="SAM")
    assert section(report, "education").base.enrolments == 100
    assert counts(report, "programmes") == {"SAM": 145, "all": 145}

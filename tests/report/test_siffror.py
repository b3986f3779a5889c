"""The programmes in figures, counted again in plain Python; and what people entered beside them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_tui.domain.periods import Period
from finsam_tui.domain.shares import share
from finsam_tui.report import Filters, Report, build, telling
from finsam_tui.report.building import NO_FILTERS
from finsam_tui.report.filters import MISSING
from tests.report.conftest import TODAY, YEAR, cells, counts, empty, section, table
from tests.report.test_filters import VALUES
from tests.report.world import LAST, PERIODS, World, fill, worlds
from tests.storage.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from finsam_tui.report.model import Cell
    from finsam_tui.storage.register import Register
    from tests.report.world import Enrolment

PLACES = ("1881", "1860", "missing")
HALF = Period.part(date(2024, 3, 1), 6)
SECTIONS = ("home", "inflow", "referrers", "outflow", "results")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return empty(tmp_path_factory.mktemp("world"))


class Counted:
    """Those of a world who took part and closed in a period, all or of a programme."""

    def __init__(self, world: World, period: Period, programme: str | None = None) -> None:
        self.world, self.period = world, period
        there = [
            e
            for e in world.enrolments
            if e.start <= period.last
            and (e.end is None or e.end >= period.first)
            and programme in (None, e.programme)
        ]
        self.known = [e for e in there if self.is_known(e)]
        self.anonymous = len(there) - len(self.known)
        self.closed = [e for e in self.known if e.end and e.end <= period.last]

    def is_known(self, e: Enrolment) -> bool:
        return self.world.people[e.person].registration == "person"

    def homes(self, enrolments: Sequence[Enrolment]) -> list[int]:
        """Return how many live in each of PLACES, and all."""
        found = Counter(self.world.people[e.person].municipality or "missing" for e in enrolments)
        return [*(found[place] for place in PLACES), len(enrolments)]


def column(report: Report, name: str, id: str, key: str) -> list[Cell]:
    found = cells(report, name, id)
    return [found[place][key] for place in (*PLACES, "all")]


def check_places(report: Report, it: Counted, after: str) -> None:
    """Compare the tables by municipality whose ids end in `after`."""
    places = f"places{after}"
    known = len(it.known) - it.homes(it.known)[2]
    assert column(report, "home", places, "count") == it.homes(it.known)
    shares = column(report, "home", places, "share")
    assert shares[:2] == [share(count, known) for count in it.homes(it.known)[:2]]
    assert shares[2] is None
    left = [e for e in it.known if e.start < it.period.first]
    new = [e for e in it.known if e.start >= it.period.first]
    for key, those in {"carried": left, "started": new, "all": it.known}.items():
        assert column(report, "inflow", f"inflow{after}", key) == it.homes(those)


def check_closed(report: Report, it: Counted, after: str) -> None:
    onward = [e for e in it.closed if e.result == "studies"]
    outflow = f"outflow{after}"
    assert column(report, "outflow", outflow, "closed") == it.homes(it.closed)
    assert column(report, "outflow", outflow, "onward") == it.homes(onward)
    results = Counter(e.result or "missing" for e in it.closed)
    found = {key: n for key, n in counts(report, "results", f"results{after}").items() if n}
    assert found == {**results, **({"all": len(it.closed)} if it.closed else {})}


def check_referrers(report: Report, it: Counted, after: str) -> None:
    found = counts(report, "referrers", f"referrers{after}")
    parties = Counter(e.referrer[0] if e.referrer else "missing" for e in it.known)
    assert {key: n for key, n in found.items() if n and "/" not in key} == {
        **parties,
        **({"all": len(it.known)} if it.known else {}),
    }
    assert found.get("municipality/social_services", 0) == parties["municipality"]
    workers = sum(e.referrer == ("social_insurance", "case_worker") for e in it.known)
    nobody = sum(e.referrer == ("social_insurance", None) for e in it.known)
    if workers and nobody:
        assert found["social_insurance/case_worker"] == workers
        assert found["social_insurance/missing"] == nobody


@settings(max_examples=60)
@given(world=worlds(), period=st.sampled_from(PERIODS))
def test_every_figure_is_what_the_definitions_say(
    register: Register, world: World, period: Period
) -> None:
    fill(register, world)
    report = build(register, "siffror", period, today=LAST, sections=SECTIONS)
    whole = Counted(world, period)
    each = {programme: Counted(world, period, programme) for programme in ("SAM", "CIC")}
    check_places(report, whole, "")
    check_closed(report, whole, "")
    check_referrers(report, whole, "")
    for programme, it in each.items():
        if all(there.known for there in each.values()):
            check_places(report, it, f"_{programme}")
            check_referrers(report, it, f"_{programme}")
        if all(there.closed for there in each.values()):
            check_closed(report, it, f"_{programme}")
    lines = {key: row["total"] for key, row in cells(report, "home").items()}
    expected = {p: len(it.known) + it.anonymous for p, it in each.items()}
    assert lines == {
        **{programme: n for programme, n in expected.items() if n},
        "all": sum(expected.values()),
    }
    assert [telling.warnings(made) for made in report.sections if made.warnings] == []


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    """A register with two programmes and nobody in them."""
    with empty(tmp_path) as register:
        made = Rows(register)
        made.association()
        yield made


def made(rows: Rows, period: Period = YEAR, filters: Filters = NO_FILTERS) -> Report:
    return build(rows.register, "siffror", period, filters, today=TODAY)


def warned(report: Report, name: str) -> list[str]:
    return list(telling.warnings(section(report, name)))


def told(report: Report, name: str) -> str:
    return " ".join(telling.sentences(section(report, name)))


@pytest.mark.parametrize("name", ["sex", "municipality", "coach", "programme"])
def test_the_parts_make_the_whole(demo: Register, name: str) -> None:
    whole = build(demo, "siffror", YEAR, today=TODAY, sections=SECTIONS)
    sql, or_none = VALUES[name]
    values = [value for (value,) in demo.conn.execute(sql)] + [MISSING] * or_none
    each = [
        build(demo, "siffror", YEAR, Filters(**{name: value}), today=TODAY, sections=SECTIONS)
        for value in values
    ]
    for part, key in (("inflow", "all"), ("outflow", "onward"), ("results", "count")):
        for row, figures in cells(whole, part).items():
            added = sum(int(str(cells(report, part)[row][key])) for report in each)
            assert figures[key] == added, (part, row)
    for report in [whole, *each]:
        assert [made.id for made in report.sections if made.warnings] == []


def test_a_single_programme_has_no_table_beside_the_whole(demo: Register) -> None:
    report = build(demo, "siffror", YEAR, Filters(programme="UNGK"), today=TODAY)
    ids = [table.id for name in SECTIONS for table in section(report, name).tables]
    assert ids == ["home", "places", "inflow", "referrers", "outflow", "results_sum", "results"]
    assert table(report, "inflow").title == "Ung kompass"
    assert list(cells(report, "results", "results_sum")) == ["UNGK", "all"]


def test_a_programme_without_anybody_in_the_period_is_left_out(rows: Rows) -> None:
    rows.enrolment(rows.person(), "2024-02-01")
    rows.enrolment(rows.person(), "2022-02-01", programme="VAXA", end_date="2023-12-31")
    report = made(rows)
    assert list(cells(report, "home")) == ["SAM", "all"]
    assert [table.id for table in section(report, "inflow").tables] == ["inflow"]
    assert counts(report, "results")["all"] == 0


def test_nobody_at_all_makes_tables_of_noughts_and_no_sentences(rows: Rows) -> None:
    report = made(rows)
    assert [told(report, made.id) for made in report.sections] == [""] * len(report.sections)
    assert cells(report, "inflow")["1881"] == dict(
        zip(("group", "carried", "started", "all"), ("Kumla", 0, 0, 0), strict=True)
    )


def test_a_part_of_a_year_does_not_name_the_year(rows: Rows) -> None:
    rows.enrolment(rows.person(), "2024-02-01")
    labels = [column.label for column in table(made(rows, HALF), "inflow").columns]
    assert labels == ["", "Kvar", "Nya", "Summa"]


def test_places_to_stay_come_last_and_only_with_somebody_in_them(rows: Rows) -> None:
    for id, name, share_ in (("1860", "Åmål", 10), ("1", "Arboga", None), ("2", "Zon", 5)):
        rows.add("municipality", id=id, name=name, share=share_)
    rows.change("municipality", "1881", share=40)
    rows.enrolment(rows.person(), "2024-02-01")
    report = made(rows)
    names = [column.label for column in table(report, "home").columns]
    assert names == ["", "Kumla", "Zon", "Åmål", "Totalt"]
    assert [row.key for row in table(report, "home", "places").rows] == [
        *("1881", "2", "1860", "1", "missing")
    ]


def test_anonymous_and_volume_stand_in_the_total_alone(rows: Rows) -> None:
    rows.add("programme", id="RAD", name="Råd", type="individual", volume=1)
    rows.add("advice", date="2024-05-01", programme="RAD", caller="individual", count=7)
    rows.add("advice", date="2024-05-01", programme="SAM", caller="individual", count=5)
    rows.enrolment(rows.person(), "2024-02-01")
    rows.enrolment(rows.person(municipality=None), "2024-02-01")
    rows.enrolment(rows.anonymous(), "2024-02-01", end_date="2024-03-01")
    report = made(rows)
    found = {key: list(row.values())[1:] for key, row in cells(report, "home").items()}
    assert found == {
        "RAD": [None, None, None, 7, 7],
        "SAM": [1, 1, 1, None, 3],
        "all": [1, 1, 1, 7, 10],
    }
    assert told(report, "home") == (
        "Totalt 10: 2 inskrivningar med personuppgifter, 1 anonym, 7 utan personuppgifter. Flest "
        "bor i Kumla: 1 (100,0 %)."
    )
    assert cells(report, "outflow")["all"]["closed"] == 0
    narrowed = made(rows, filters=Filters(municipality="1881"))
    assert cells(narrowed, "home")["all"]["total"] == 1


def test_what_is_entered_for_a_volume_programme_is_compared_with_its_calls(rows: Rows) -> None:
    rows.add("programme", id="RAD", name="Råd", type="individual", volume=1)
    rows.add("advice", date="2024-05-01", programme="RAD", caller="individual", count=7)
    rows.add("programme_year", programme="RAD", year=2024, actual_participants=9)
    report = made(rows)
    assert cells(report, "home")["RAD"]["total"] == 9
    assert warned(report, "home") == [
        "Volym i Råd: 9 (utfallet som angetts för året) men 7 (registrerade rådgivande samtal)."
    ]
    half = made(rows, HALF)
    assert cells(half, "home")["RAD"]["total"] == 7
    assert warned(half, "home") == []


def test_who_has_compensation_and_went_onward_stands_in_both_columns(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), "2024-02-01", end_date="2024-03-01")
    rows.enrolment(rows.person(), "2024-02-01", end_date="2024-03-01")
    for result in ("studies", "sickness_compensation"):
        rows.add("enrolment_result", enrolment_id=enrolment, result=result)
    report = made(rows)
    assert list(cells(report, "outflow")["1881"].values())[1:] == [2, 1, 50.0, 1]
    assert any("båda kolumnerna" in note for note in telling.notes(section(report, "outflow")))
    found = cells(report, "results")
    assert (found["studies"]["group"], found["studies"]["share"]) == ("Studier +", 100.0)
    assert found["sickness_compensation"]["group"] == "Sjukersättning"
    assert [found[key]["count"] for key in ("missing", "all")] == [1, 2]
    assert list(cells(report, "results", "results_sum")["SAM"].values())[1:] == [2, 1, 2, 1]


def test_what_an_association_decides_to_count_is_what_counts(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), "2024-02-01", end_date="2024-03-01")
    rows.add("enrolment_result", enrolment_id=enrolment, result="moved")
    with rows.register.write() as conn:
        conn.execute("UPDATE code SET positive = 1 WHERE list = 'result' AND key = 'moved'")
    report = made(rows)
    assert cells(report, "outflow")["all"]["onward"] == 1
    assert cells(report, "results")["moved"]["group"] == "Flytt +"


def test_without_others_figures_a_note_says_so(rows: Rows) -> None:
    report = made(rows)
    for name, level in (("counties", "län"), ("associations", "förbund")):
        (note,) = telling.notes(section(report, name))
        assert note == f"Inga jämförelsetal för {level} är inlagda för 2024."
    assert [table.id for table in section(report, "associations").tables] == ["own"]


def compare(rows: Rows, level: str, name: str, participants: int | None, **more: int) -> None:
    figures = {"participants": participants, **more}
    rows.add("comparison", year=2024, level=level, name=name, **figures)


def test_ones_own_line_is_found_by_name_and_compared(rows: Rows) -> None:
    rows.add("association", id=1, name="Finsam Sjö", county="Sjö län")
    compare(rows, "association", "FINSAM SJÖ", 2, started=1)
    compare(rows, "association", "Finsam Berg", 5)
    compare(rows, "county", "Sjö", 7)
    rows.enrolment(rows.person(), "2024-02-01")
    report = made(rows)
    assert warned(report, "associations") == [
        "Deltagare: 2 (redovisat av förbundet) men 1 (räknat i registret)."
    ]
    assert list(cells(report, "associations")) == ["Finsam Berg", "FINSAM SJÖ", "all"]
    heads = [column.key for column in table(report, "associations").columns]
    assert heads == ["group", "participants", "started"]
    assert told(report, "counties") == "Sjö hade 7 av länens 7 deltagare."
    for other in (made(rows, HALF), made(rows, filters=Filters(sex="woman"))):
        assert [table.id for table in section(other, "associations").tables] == ["associations"]
        assert warned(other, "associations") == []


def test_a_county_is_compared_with_its_associations_if_ones_own_is_among_them(rows: Rows) -> None:
    rows.add("association", id=1, name="Finsam Sjö", county="Sjö län")
    compare(rows, "county", "Sjö län", 7)
    compare(rows, "association", "Finsam Berg", 5)
    assert warned(made(rows), "associations") == []
    compare(rows, "association", "Finsam Sjö", 0)
    assert warned(made(rows), "associations") == [
        "Deltagare: 7 (redovisat av länet) men 5 (förbunden tillsammans)."
    ]


def test_a_years_figure_is_compared_with_the_days(rows: Rows) -> None:
    rows.add("programme", id="DAG", name="Dagen", type="structural", volume=1)
    rows.add("programme", id="ALD", name="Över", type="structural", end_date="2023-05-01")
    rows.add("programme_year", programme="DAG", year=2024, budget_participants=60)
    for day, attendees in (("2024-03-01", 20), ("2024-10-01", 25), ("2025-01-01", 9), (None, 3)):
        rows.add("structural_event", programme="DAG", date=day, attendees=attendees)
    report = made(rows)
    found = cells(report, "structural")
    assert list(found) == ["DAG", "all"]
    assert list(found["DAG"].values()) == ["Dagen", 60, None, 45, 1, "Ja"]
    assert told(report, "structural") == "Dagarna i perioden hade 45 deltagare."
    assert any("utan datum" in note for note in telling.notes(section(report, "structural")))
    rows.change("programme_year", 1, actual_participants=50)
    assert warned(made(rows), "structural") == [
        "Dagen: 50 (utfall enligt insatsens år) men 45 (dagarnas deltagare)."
    ]
    assert cells(made(rows, HALF), "structural")["DAG"]["attendees"] == 20
    assert warned(made(rows, HALF), "structural") == []

"""The annual report, by its rules: what must hold of any register, and cases to count by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.exchange.importing import import_files
from finsam_tui.report import Filters, Report, build, catalogue
from finsam_tui.report.filters import MISSING
from finsam_tui.report.hiding import hide
from finsam_tui.report.model import HIDDEN
from finsam_tui.report.telling import notes, sentences, warnings
from tests.report.conftest import TODAY, YEAR, cells, counts, empty, section, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.storage.register import Register

EVERYBODY = Filters()
EVERY_SECTION = catalogue.REPORTS["arsrapport"].ids

# Two programmes; P1 is in both. I1 broke off, ill, with another assignment than mapping; I2 has
# none; I3 is mapped and has no support noted; I5 is anonymous.
FILES = {
    "förbund": "namn\nSamordningsförbundet Björka",
    "kommuner": "kod;namn;andel\nB;Björka;60\nE;Ekby;40\nV;Vistelse;",
    "insatser": (
        "insats_id;namn;typ;start;syfte;mål;målgrupp\nSTOR;Storteamet;individ;;Att stödja.;;Vuxna."
        "\nUNG;Ungteamet;individ;;Väg till studier.;Fler studerar.;Unga."
        "\nNY;Nyteamet;individ;2024-12-01;;;\nDAG;Dagarna;struktur;2024-01-01;;;"
    ),
    "insatsår": "insats_id;år;avvikelser\nSTOR;2024;Sen start.\nUNG;2023;Gammal.",
    "medarbetare": "medarbetare_id;namn;roll\nC1;Kim;coach\nC2;Sam;coach\nS1;Lo;samordnare",
    "deltagare": (
        "deltagare_id;registrering;födelsedatum;kön;kommun\nP1;person;1994-07-01;kvinna;B"
        "\nP2;person;1994-03-01;okänt;\nP3;person;1980-05-01;annat;V\nP4;anonym;;kvinna;"
    ),
    "aktualiseringar": (
        "aktualisering_id;deltagare_id;insats_id;datum;part;enhet;utfall"
        "\nA1;P1;STOR;2023-11-01;Egen;anhörig;start\nA3;P3;STOR;2024-01-01;Region;;start"
    ),
    "rådgivning": "datum;insats_id;vem;antal\n2024-05-01;STOR;anhörig;3\n2023-05-01;STOR;anhörig;9",
    "inskrivningar": (
        "inskrivning_id;deltagare_id;insats_id;medarbetare_id;aktualisering_id;uppdrag;start;slut;"
        "avslutsanledning"
        "\nI1;P1;STOR;C1;A1;arbetsträning;2023-12-01;2024-03-01;utskrivning pga sjukdom"
        "\nI2;P2;STOR;C1;;;2024-02-01;;"
        "\nI3;P3;STOR;C1;A3;kartläggning/myndighetsstöd;2024-01-15;2024-04-15;utskrivning"
        "\nI4;P1;UNG;C1;;studiemotivering;2024-06-01;;"
        "\nI5;P4;STOR;C1;;;2023-05-01;2024-05-01;utskrivning"
    ),
    "resultat": "inskrivning_id;resultat\nI1;avbröt",
    "stöd": "inskrivning_id;kategori\nI1;bostad\nI1;god man",
    "våld": (
        "inskrivning_id;datum;status;instrument;svar\nI2;2024-02-03;ej tillfälle;;"
        "\nI4;2024-06-02;besvarat;vald-7;1:nej|2:nej|3:nej|4:ja|5:nej|6:nej|7:nej"
        "\nI4;2024-07-02;besvarat;vald-7;1:nej|2:nej|3:nej|4:nej|5:nej|6:nej|7:nej"
    ),
    "texter": "år;insats_id;del;text\n2023;;personalen;Förra året.\n2024;UNG;projekt;Om oss.",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("small")
    for name, content in FILES.items():
        (folder / f"{name}.csv").write_text(f"{content}\n", encoding="utf-8")
    with empty(tmp_path_factory.mktemp("register")) as register:
        import_files(register, [folder], now=datetime(2025, 1, 15, 9))
        with register.write() as conn:
            conn.execute("UPDATE staff SET active = 0 WHERE id = 'C2'")
        yield register


def report_of(
    register: Register, *names: str, period: Period = YEAR, filters: Filters = EVERYBODY
) -> Report:
    return build(register, "arsrapport", period, filters, today=TODAY, sections=names)


# Cases to count by hand


def test_breaking_off_and_illness_are_of_those_with_a_result_and_a_reason(small: Register) -> None:
    found = cells(report_of(small, "results"), "results", "breakoffs")
    assert tuple(found["work_training"].values())[1:] == (1, 1, 100.0, 1, 1, 100.0)
    assert tuple(found["mapping"].values())[1:] == (0, 0, None, 0, 1, 0.0)
    assert tuple(found["all"].values())[1:] == (1, 1, 100.0, 1, 2, 50.0)


def test_support_in_other_assignments_has_a_column_and_none_noted_a_row(small: Register) -> None:
    made = report_of(small, "support")
    found = cells(made, "support")
    assert (found["housing"]["count"], found["housing"]["others"]) == (0, 1)
    assert (found["missing"]["count"], found["missing"]["others"]) == (1, None)
    assert section(made, "support").base.enrolments == 1
    assert sentences(section(made, "support")) == ()


@pytest.mark.parametrize("by", ["programme", "municipality", "sex"])
def test_the_years_are_compared_by_programme_home_and_sex(demo: Register, by: str) -> None:
    made = report_of(demo, "years")
    totals = cells(made, "years")["participated"]
    found = table(made, "years", f"by_{by}")
    for place in range(1, 5):
        assert sum(int(str(row.cells[place])) for row in found.rows) == totals[f"year{place}"]
    assert len(found.rows) > 1


def test_of_one_programme_the_years_are_not_compared_by_programme(demo: Register) -> None:
    made = report_of(demo, "years", filters=Filters(programme="VAND"))
    assert "by_programme" not in [t.id for t in section(made, "years").tables]
    assert cells(made, "years", "by_sex")["all"]["year4"] == section(made, "years").base.enrolments


def test_the_anonymous_stand_beside_the_years_and_nowhere_else(small: Register) -> None:
    made = report_of(small)
    assert tuple(cells(made, "years")["participated"].values())[-2:] == (1, 4)
    assert tuple(cells(made, "years")["anonymous"].values())[-2:] == (1, 1)
    assert cells(made, "years", "unique")["participated"]["year4"] == 3
    assert {s.base.enrolments for s in made.sections if s.base.of == "participated"} == {4}
    by_home = report_of(small, "years", filters=Filters(municipality="B"))
    assert "anonymous" not in [r.key for r in table(by_home, "years").rows if any(r.cells[1:])]


def test_an_unknown_sex_is_in_no_share_and_another_sex_is(small: Register) -> None:
    found = cells(report_of(small, "equality"), "equality", "assignment")
    assert found["all"] == {
        "group": "Alla",
        "women": 2,
        "women_share": 66.7,
        "men": 0,
        "men_share": 0.0,
        "other": 1,
        "known": 3,
        "unknown": 1,
    }
    assert found["missing"]["unknown"] == 1


def test_who_has_no_referral_is_a_column_and_a_row_without_a_share(small: Register) -> None:
    made = report_of(small, "referrer_by_municipality")
    cross = table(made, "referrer_by_municipality", "cross")
    assert [c.label for c in cross.columns] == ["", "Anhörig", "Region", "Uppgift saknas", "Summa"]
    assert [row.cells for row in cross.rows] == [
        ("Björka", 1, 0, 1, 2),
        ("Ekby", 0, 0, 0, 0),
        ("Vistelse", 0, 1, 0, 1),
        ("Uppgift saknas", 0, 0, 1, 1),
    ]
    shares = cells(made, "referrer_by_municipality", "referrers")
    assert shares["self/relative"] == {"group": "Egen: anhörig", "count": 1, "share": 50.0}
    assert shares["missing"]["share"] is None


def test_a_place_to_stay_is_no_part_of_the_population(small: Register) -> None:
    found = cells(report_of(small, "statistics"), "statistics")
    assert [row["population_share"] for row in found.values()] == [60, 40, None, None, None]
    assert [row["count"] for row in found.values()] == [2, 0, 1, 1, 4]
    assert [row["share"] for row in found.values()] == [66.7, 0.0, 33.3, None, 100.0]


def test_a_project_is_every_programme_but_the_one_reported_on(small: Register) -> None:
    made = report_of(small, "projects")
    assert counts(made, "projects") == {"UNG": 1, "NY": 0}  # one about to begin, no structural one
    assert counts(report_of(small, "projects", filters=Filters(programme="UNG")), "projects") == {
        "STOR": 3,
        "NY": 0,
    }
    only_men = report_of(small, "projects", filters=Filters(sex="man"))
    assert section(only_men, "projects").base.enrolments == 0


def test_a_programme_tells_of_itself_where_nobody_has_written(small: Register) -> None:
    made = report_of(small)
    own = {s.id: [(p.title, p.text) for p in s.texts] for s in made.sections if s.texts}
    assert own == {
        "purpose": [("Storteamet: syfte", "Att stödja.")],
        "target_group": [("Storteamet: målgrupp", "Vuxna.")],
        "projects": [
            ("Ungteamet: projekt", "Om oss."),
            ("Ungteamet: syfte", "Väg till studier."),
            ("Ungteamet: mål", "Fler studerar."),
            ("Ungteamet: målgrupp", "Unga."),
        ],
        "deviations": [("Storteamet", "Sen start.")],
    }


def test_last_years_text_is_offered_as_a_beginning(small: Register) -> None:
    (note,) = notes(section(report_of(small, "staff"), "staff"))
    assert note == "Personalen: ingen text för 2024 ännu; den för 2023 är en början."


def test_advice_is_about_no_person_and_cannot_be_narrowed_to_one(small: Register) -> None:
    assert cells(report_of(small, "referrals"), "referrals", "advice")["relative"]["calls"] == 3
    narrowed = section(
        report_of(small, "referrals", filters=Filters(municipality="B")), "referrals"
    )
    assert [table.id for table in narrowed.tables] == ["referrers"]
    assert any(note.startswith("Rådgivande samtal gäller ingen person") for note in notes(narrowed))


def test_ages_are_of_the_day_of_the_start_in_all_and_in_a_project(small: Register) -> None:
    made = report_of(small, "target_group", "projects")
    assert list(counts(made, "target_group", "age").values()) == [3, 1, 0, 0, 0, 4]
    assert list(counts(made, "projects", "age_UNG").values()) == [1, 0, 0, 0, 0, 1]


def test_a_yes_to_any_question_is_no_exposure_and_each_enrolment_counts_once(
    small: Register,
) -> None:
    found = cells(report_of(small, "violence"), "violence", "years")["2024"]
    assert tuple(found.values())[1:] == (1, 0, 0.0, 1, 100.0)


def test_what_no_file_says_of_any_question_is_no_no(tmp_path: Path) -> None:
    """As where the register was filled from an export that left it out."""
    known = "inskrivning_id;datum;status;utsatt\nI4;2024-06-02;besvarat;nej"
    for name, content in (FILES | {"våld": known}).items():
        (tmp_path / f"{name}.csv").write_text(f"{content}\n", encoding="utf-8")
    (tmp_path / "register").mkdir(mode=0o700)
    with empty(tmp_path / "register") as register:
        import_files(register, [*tmp_path.glob("*.csv")], now=datetime(2025, 1, 15, 9))
        report = report_of(register, "violence")
    found = cells(report, "violence", "years")["2024"]
    assert tuple(found.values())[1:] == (1, 0, 0.0, None, None)
    assert not any("någon av frågorna" in told for told in sentences(section(report, "violence")))


def test_staff_are_counted_by_what_they_did_in_the_period(small: Register) -> None:
    found = cells(report_of(small, "staff"), "staff")
    assert [tuple(row.values())[1:] for row in found.values()] == [(1, 1), (1, 0), (0, 0), (2, 1)]


# What holds of any register


def test_periods_before_are_told_as_their_own_report_tells_them(demo: Register) -> None:
    now = report_of(demo, "years", "violence", "results")
    for place, year in enumerate((2021, 2022, 2023, 2024), 1):
        then = report_of(demo, "years", "violence", "results", period=Period.year(year))
        for name, id in (("years", "years"), ("years", "unique"), ("results", "closed_years")):
            here, there = cells(now, name, id), cells(then, name, id)
            column = f"year{place}"
            assert {key: row[column] for key, row in here.items() if row[column]} == {
                key: row["year4"] for key, row in there.items() if row["year4"]
            }
        exposed = cells(now, "violence", "years")[str(year)]
        assert exposed == cells(then, "violence", "years")[str(year)]
        assert exposed["exposed"] == cells(then, "violence", "exposed")["all"]["exposed"]


def test_rows_that_exclude_each_other_make_the_total(demo: Register) -> None:
    adding = [t for s in report_of(demo).sections for t in s.tables if t.adds and t.total]
    assert len(adding) > len(EVERY_SECTION)
    for found in adding:
        assert found.total is not None
        for place, column in enumerate(found.columns):
            if column.kind == "count":
                whole = [row.cells[place] for row in found.rows if row.depth == 0]
                assert sum(n for n in whole if isinstance(n, int)) == found.total.cells[place]


def test_shares_are_between_nought_and_a_hundred_and_make_a_hundred(demo: Register) -> None:
    for made in report_of(demo).sections:
        for found in made.tables:
            for place, column in enumerate(found.columns):
                if column.kind == "share" and column.made_of == ("count",) and found.adds:
                    shares = [r.cells[place] for r in found.rows if r.depth == 0]
                    known = [n for n in shares if isinstance(n, float)]
                    assert all(0 <= n <= 100 for n in known)
                    assert sum(known) == pytest.approx(100, abs=0.05 * len(known) + 0.01)


@pytest.mark.parametrize("key", ["municipality", "sex", "programme", "coach"])
def test_filters_partition(demo: Register, key: str) -> None:
    values = [code.key for code in demo.codes.every("staff" if key == "coach" else key)]
    if key in {"municipality", "coach"}:
        values.append(MISSING)
    names = ("equality", "support", "programme_time", "statistics")
    parts = [report_of(demo, *names, filters=Filters(**{key: value})) for value in values]
    whole = report_of(demo, *names)
    for name in names:
        here = section(whole, name).base.enrolments
        assert sum(section(part, name).base.enrolments for part in parts) == here > 0
    for name in ("programme_time", "statistics"):
        found = [counts(part, name) for part in parts]
        assert counts(whole, name) == {
            row: sum(int(str(part.get(row, 0))) for part in found) for row in counts(whole, name)
        }


def test_the_report_and_its_projects_are_the_whole(demo: Register) -> None:
    everybody = report_of(demo, "equality", "projects")
    main = report_of(demo, "equality", filters=Filters(programme="VAND"))
    assert section(everybody, "projects").base.enrolments > 0
    assert (
        section(main, "equality").base.enrolments + section(everybody, "projects").base.enrolments
        == section(everybody, "equality").base.enrolments
    )


@pytest.mark.parametrize("programme", ["", "VAND"])
@pytest.mark.parametrize(
    "period", [YEAR, Period.part(date(2024, 4, 1), 3), Period(date(2024, 2, 10), date(2024, 3, 5))]
)
def test_nothing_parts_and_persons_are_no_more_than_enrolments(
    demo: Register, programme: str, period: Period
) -> None:
    made = report_of(demo, period=period, filters=Filters(programme=programme))
    assert [s.id for s in made.sections] == list(EVERY_SECTION)
    assert [told for s in made.sections for told in warnings(s)] == []
    assert all(s.base.unique <= s.base.enrolments for s in made.sections)


def test_a_year_without_anybody_is_told_without_figures(demo: Register) -> None:
    made = report_of(demo, period=Period.year(2019))
    assert made.empty
    assert all(not s.base.enrolments for s in made.sections)
    assert not any("None" in told for s in made.sections for told in sentences(s))


@pytest.mark.parametrize("least", [2, 5, 30])
def test_the_summary_hides_what_the_sections_hide(demo: Register, least: int) -> None:
    hidden = hide(report_of(demo), least)
    main = cells(hidden, "purpose", "main")
    for key, name, id, row, column in (
        ("women", "equality", "assignment", "all", "women"),
        ("measured", "results", "steps", "all", "measured"),
        ("positive", "results", "steps", "all", "positive"),
        ("told", "violence", "exposed", "all", "told"),
        ("exposed", "violence", "exposed", "all", "exposed"),
        ("sample_6", "followup_6", "response", "6", "sample"),
        ("answered_6", "followup_6", "response", "6", "answered"),
        ("told_6", "followup_6", "kept", "6", "told"),
        ("kept_6", "followup_6", "kept", "6", "kept"),
    ):
        assert main[key]["count"] == cells(hidden, name, id)[row][column]
    assert least < 30 or HIDDEN in [row["count"] for row in main.values()]

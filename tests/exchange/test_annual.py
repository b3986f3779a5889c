"""The tables that are about a year and no person: what they store, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exchange.conftest import Desk, told

if TYPE_CHECKING:
    from finsam_tui.exchange.importing import Report

PROGRAMMES = (
    "insats_id;namn;typ;volym\nSAM;Samordningsteamet;individ;nej\n"
    "LARA;Lära;struktur;nej\nRÅD;Rådgivning;individ;ja\n"
)
YEARS = "insats_id;år;budget_deltagare;utfall_deltagare;budget_kr;utfall_kr;resultat\n"
GOALS = "insats_id;år;mått;riktning;värde;kommentar\n"
FORMS = "insats_id;tillfälle;år;kön;svar\n"
DAYS = "insats_id;datum;antal_deltagare;föreläsare;utställare;kommentar\n"
OTHERS = (
    "år;nivå;namn;insatser;budget_deltagare;deltagare;nya;avslutade;anonyma;budget_volym;volym\n"
)
TEXTS = "år;insats_id;del;text\n"

FILES = {
    "insatsår": YEARS + "SAM;2019;100;;1 311 000;1051782,22;Väl\nRÅD;2019;150;163;;;\n",
    "mål": GOALS + ";2022;nya deltagare;;350;\n;2022;tid i insats, månader;högst;9;\n"
    "SAM;2022;useful;minst;75;Enkät\n",
    "enkäter": FORMS + "SAM;avslut;2022;kvinna;useful:ja|readier:nej\nSAM;avslut;2022;kvinna;\n"
    "SAM;3 månader;2022;;useful:ja|readier:vet ej|plan:nej\n",
    "strukturinsatser": DAYS + "LARA;2019-11-29;65;;;\nLARA;;220;5;16;Mässa\nLARA;;30;;;\n",
    "jämförelser": OTHERS + "2019;län;Örebro län;28;405;799;;;;604;1815\n"
    "2019;förbund;Sofint;2;;72;32;34;76;;\n",
    "texter": TEXTS + '2024;;personalen;"Fyra coacher.\nEn samordnare."\n2024;SAM;resultat;Gott.\n',
}


@pytest.fixture
def year(desk: Desk) -> Desk:
    """A desk whose register has a programme of each kind."""
    desk.take(insatser=PROGRAMMES)
    return desk


def tally(report: Report) -> dict[str, tuple[int, int, int, int]]:
    return {t.table: (t.new, t.changed, t.unchanged, t.removed) for t in report.tallies}


def test_the_rows_are_stored(year: Desk) -> None:
    year.take({**FILES})
    assert year.rows(
        "SELECT programme, year, budget_participants, actual_participants, budget_amount,"
        " actual_amount, result FROM programme_year"
    ) == [
        ("SAM", 2019, 100, None, 1311000.0, 1051782.22, "Väl"),
        ("RÅD", 2019, 150, 163, None, None, None),
    ]
    assert year.rows("SELECT programme, year, measure, direction, target, comment FROM goal") == [
        (None, 2022, "new_participants", "at_least", 350.0, None),
        (None, 2022, "mean_months", "at_most", 9.0, None),
        ("SAM", 2022, "useful", "at_least", 75.0, "Enkät"),
    ]
    assert year.rows("SELECT id, programme, occasion, year, sex FROM questionnaire") == [
        (1, "SAM", "closure", 2022, "woman"),
        (2, "SAM", "closure", 2022, "woman"),
        (3, "SAM", "three_months", 2022, None),
    ]
    assert year.rows("SELECT * FROM questionnaire_answer ORDER BY rowid") == [
        (1, "useful", "yes", "questionnaire_answer"),
        (1, "readier", "no", "questionnaire_answer"),
        (3, "useful", "yes", "questionnaire_answer"),
        (3, "readier", "no_answer", "questionnaire_answer"),
        (3, "plan", "no", "questionnaire_answer"),
    ]
    assert year.rows("SELECT date, attendees, lecturers, comment FROM structural_event") == [
        ("2019-11-29", 65, None, None),
        (None, 220, 5, "Mässa"),
        (None, 30, None, None),
    ]
    assert year.rows("SELECT level, name, participants, anonymous, volume FROM comparison") == [
        ("county", "Örebro län", 799, None, 1815),
        ("association", "Sofint", 72, 76, None),
    ]
    assert year.rows("SELECT programme, year, part, text FROM report_text") == [
        (None, 2024, "staff", "Fyra coacher.\nEn samordnare."),
        ("SAM", 2024, "results", "Gott."),
    ]


def test_importing_again_changes_nothing(year: Desk) -> None:
    first = tally(year.take({**FILES}))
    before = year.everything()
    again = tally(year.take({**FILES}))
    assert again == {name: (0, 0, new, 0) for name, (new, *_) in first.items()}
    assert year.everything() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("insatsår", "1051782,22", "1051782,23", "SELECT actual_amount FROM programme_year"),
        ("mål", ";350;", ";360;", "SELECT target FROM goal"),
        ("enkäter", "readier:nej", "readier:ja", "SELECT item, answer FROM questionnaire_answer"),
        ("strukturinsatser", ";220;", ";221;", "SELECT attendees FROM structural_event"),
        ("jämförelser", ";799;", ";800;", "SELECT participants FROM comparison"),
        ("texter", "Gott.", "Mycket gott.", "SELECT text FROM report_text"),
    ],
)
def test_only_the_row_that_changed_is_written(
    year: Desk, file: str, old: str, new: str, found: str
) -> None:
    year.take({**FILES})
    before = year.rows(found)
    changed = tally(year.take({file: FILES[file].replace(old, new)}))
    rows = FILES[file].count("\n") - 1 - FILES[file].count(".\nEn")  # a text of two lines is a row
    assert changed == {file: (0, 1, rows - 1, 0)}
    assert len(set(before) ^ set(year.rows(found))) in (1, 2)


def test_the_answers_that_came_are_in_the_audit(year: Desk) -> None:
    year.take({**FILES})
    assert year.rows(
        "SELECT row_id, last_row_id FROM audit WHERE table_name LIKE 'questionnaire%'"
    ) == [("1", "3"), ("1", "3")]


@pytest.mark.parametrize(
    ("file", "contents", "line"),
    [
        (
            "insatsår",
            YEARS + "SAM;2019;;125;;;\n",
            (
                "insatsår.csv rad 2, utfall_deltagare: tal. "
                "Insatsens deltagare räknas av sina inskrivningar; lämna fältet tomt."
            ),
        ),
        (
            "insatsår",
            YEARS + "SAM;1819;;;;;\n",
            "insatsår.csv rad 2, år: tal. Talet ska vara från 1900 till 2100.",
        ),
        (
            "insatsår",
            YEARS + "SAM;2019;;;1,234;;\n",
            "insatsår.csv rad 2, budget_kr: tal. Högst 2 decimaler får plats.",
        ),
        (
            "insatsår",
            YEARS + "SAM;2019;;;;-1;\n",
            "insatsår.csv rad 2, utfall_kr: tal. Talet ska vara från 0 till 10 000 000 000.",
        ),
        (
            "insatsår",
            YEARS + "SAM;2019;;;;;\nSAM;2019;1;;;;\n",
            (
                "insatsår.csv rad 3, insats_id: text, 3 tecken. "
                "Raden står redan tidigare i filen: samma insats_id och år."
            ),
        ),
        (
            "mål",
            GOALS + ";2022;nöjda deltagare;;75;\n",
            "mål.csv rad 2, mått: text, 15 tecken. Välj ett av: nya deltagare, ",
        ),
        (
            "mål",
            GOALS + ";2022;useful;;75;\n;2022;stödet är till nytta;;80;\n",
            (
                "mål.csv rad 3, år: tal. "
                "Raden står redan tidigare i filen: samma år och insats_id och mått."
            ),
        ),
        ("mål", GOALS + ";2022;useful;;;\n", "mål.csv rad 2, värde: tom cell. Värde måste anges."),
        (
            "enkäter",
            FORMS + "SAM;avslut;2022;;nytta:ja\n",
            (
                "enkäter.csv rad 2, svar: text, 8 tecken. "
                "Skriv ett svar på frågorna useful, readier, plan: useful:ja|readier:nej."
            ),
        ),
        (
            "enkäter",
            FORMS + "SAM;avslut;2022;;useful:kanske\n",
            "enkäter.csv rad 2, svar: text, 13 tecken. Välj ett av: ja, nej, vet ej.",
        ),
        (
            "strukturinsatser",
            DAYS + "XYZ;;;;;\n",
            "strukturinsatser.csv rad 2, insats_id: text, 3 tecken. Välj ett av: ",
        ),
        (
            "jämförelser",
            "år;nivå;namn;deltagare\n2019;kommun;Örebro;1\n",
            "jämförelser.csv rad 2, nivå: text, 6 tecken. Välj ett av: län, förbund.",
        ),
        (
            "texter",
            TEXTS + f"2024;;citat;{'x' * 20_001}\n",
            (
                "texter.csv rad 2, text: text, 20 001 tecken. "
                "Texten är för lång: 20001 tecken, högst 20000 får plats."
            ),
        ),
    ],
)
def test_each_fault_is_told_and_nothing_is_changed(
    year: Desk, file: str, contents: str, line: str
) -> None:
    before = year.everything()
    report = year.load({file: contents})
    assert [fault for fault in told(report) if fault.startswith(line)], told(report)
    assert year.everything() == before


def test_a_goal_keyed_in_by_hand_is_found(year: Desk) -> None:
    with year.register.write() as conn:
        conn.execute("INSERT INTO goal (year, measure, target) VALUES (2022, 'useful', 70)")
    assert tally(year.take(mål=GOALS + ";2022;useful;;75;\n")) == {"mål": (0, 1, 0, 0)}
    assert year.rows("SELECT id, target, version FROM goal") == [(1, 75.0, 2)]

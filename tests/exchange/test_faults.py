"""Faults are told by row and column, the value's kind and what is allowed; nothing is changed."""

from __future__ import annotations

import pytest

from finsam_tui.exchange.faults import kind_of
from tests.exchange.conftest import ONE, Desk, told

PERSON = "deltagare_id;registrering;personnummer;förnamn;efternamn;födelsedatum;kön;telefon;skydd\n"
ENROLMENT = "inskrivning_id;deltagare_id;insats_id;start;slut;avslutsanledning;aktualisering_id\n"
SCREENING = "inskrivning_id;datum;status;instrument;svar;hänvisad\n"
CALL = "inskrivning_id;månader;datum;utfall;nytta;vidare_steg\n"


@pytest.mark.parametrize(
    ("file", "contents", "line"),
    [
        (
            "deltagare",
            PERSON + "D2;person;;;;1990-02-30;kvinna;;\n",
            (
                "deltagare.csv rad 2, födelsedatum: datum. "
                "Datumet finns inte: den månaden har 28 dagar det året."
            ),
        ),
        (
            "deltagare",
            PERSON + "D2;person;19900101-1234;;;;kvinna;;\n",
            "deltagare.csv rad 2, personnummer: text, 13 tecken. Kontrollsiffran stämmer inte",
        ),
        (
            "deltagare",
            PERSON + "D2;person;;Eva;Ek;1990-01-01;;;\n",
            "deltagare.csv rad 2, kön: tom cell. Kön måste anges.",
        ),
        (
            "deltagare",
            PERSON + "D2;person;;Eva;Ek;;kvinna;;\n",
            (
                "deltagare.csv rad 2, personnummer: tom cell. "
                "Ange personnummer, samordningsnummer eller födelsedatum."
            ),
        ),
        (
            "deltagare",
            PERSON + "D2;person;;Eva;Ek;2031-01-01;kvinna;;\n",
            "deltagare.csv rad 2, födelsedatum: datum. Födelsedatumet har inte varit än.",
        ),
        (
            "deltagare",
            PERSON + "D2;anonym;;Eva;;;kvinna;;\n",
            (
                "deltagare.csv rad 2, förnamn: text, 3 tecken. "
                "Ska vara tomt när Registrering är anonym."
            ),
        ),
        (
            "deltagare",
            PERSON + "D2;person;;E\x1b[2Jva;Ek;1990-01-01;kvinna;;\n",
            (
                "deltagare.csv rad 2, förnamn: text, 7 tecken. "
                "Texten har ett otillåtet tecken (U+001B) på plats 2; ta bort det."
            ),
        ),
        (
            "deltagare",
            PERSON + "D2;person;;Eva;Ek;1990-01-01;kvinna;0701740607 eller hemma;\n",
            "deltagare.csv rad 2, telefon: text, 22 tecken. Ett telefonnummer skrivs med",
        ),
        (
            "deltagare",
            PERSON + "D2;person;;Eva;Ek;1990-01-01;kvinna;;ja\n",
            (
                "deltagare.csv rad 2, skydd: text, 2 tecken. "
                "Välj ett av: nej, sekretessmarkering, skyddad folkbokföring."
            ),
        ),
        (
            "deltagare",
            PERSON + "D2;person;;;;1990-01-01;man;;\nD3;person;;;;1990-01-01;man;;\n"
            "D2;person;;;;1990-01-01;man;;\n",
            (
                "deltagare.csv rad 4, deltagare_id: text, 2 tecken. "
                "Samma id står på en tidigare rad i filen."
            ),
        ),
        (
            "deltagare",
            PERSON + "D2;person;19920717-9871;;;;man;;\nD3;person;199207179871;;;;man;;\n",
            "deltagare.csv rad 3, personnummer: tal. Numret finns redan i registret; ",
        ),
        (
            "kommuner",
            "kod;namn\n1;Kumla\n",
            (
                "kommuner.csv rad 2, namn: text, 5 tecken. "
                "Namnet finns redan på en annan rad eller i registret."
            ),
        ),
        (
            "kommuner",
            "kod;namn;andel\n1;Laxå;10,55\n",
            "kommuner.csv rad 2, andel: tal. Högst 1 decimal får plats.",
        ),
        (
            "förbund",
            "namn\nEtt\nTvå\n",
            "förbund.csv rad 3: Samma id står på en tidigare rad i filen.",
        ),
        (
            "aktualiseringar",
            (
                "aktualisering_id;insats_id;datum;part;enhet;utfall\n"
                "A1;SAM;2024-01-01;Kommun;psykiatri;start\n"
            ),
            "aktualiseringar.csv rad 2, enhet: text, 9 tecken. Välj ett av: AME/AMI, ",
        ),
        (
            "aktualiseringar",
            (
                "aktualisering_id;insats_id;datum;part;utfall;timmar\n"
                "A1;SAM;2024-01-01;Kommun;start;2,555\n"
            ),
            "aktualiseringar.csv rad 2, timmar: tal. Högst 2 decimaler får plats.",
        ),
        (
            "inskrivningar",
            ENROLMENT + "I2;D9;SAM;2024-01-01;;;\n",
            (
                "inskrivningar.csv rad 2, deltagare_id: text, 2 tecken. "
                "Id:t finns varken i deltagare eller i registret."
            ),
        ),
        (
            "inskrivningar",
            ENROLMENT + "I2;D1;XYZ;2024-01-01;;;\n",
            "inskrivningar.csv rad 2, insats_id: text, 3 tecken. Välj ett av: Samordningsteamet.",
        ),
        (
            "inskrivningar",
            ENROLMENT + "I2;D1;SAM;2024-01-01;2023-12-01;;\n",
            (
                "inskrivningar.csv rad 2, slut: datum. "
                "Avslutsdatumet är före inskrivningens start 2024-01-01."
            ),
        ),
        (
            "inskrivningar",
            ENROLMENT + "I2;D1;SAM;2024-01-01;;utskrivning;\n",
            "inskrivningar.csv rad 2, slut: tom cell. Slutdatum måste anges.",
        ),
        (
            "inskrivningar",
            ENROLMENT + "I2;D1;SAM;2024-01-01;;;\nI3;D1;SAM;2024-02-01;;;\n",
            (
                "inskrivningar.csv rad 3, insats_id: text, 3 tecken. "
                "Deltagaren är redan inskriven i insatsen; avsluta den först."
            ),
        ),
        (
            "lägen",
            "inskrivning_id;tillfälle;datum\nI1;start;2022-12-31\n",
            "lägen.csv rad 2, datum: datum. Datumet är före inskrivningens start 2023-01-01.",
        ),
        (
            "lägen",
            "inskrivning_id;tillfälle;datum\nI1;avslut;2023-12-31\nI1;avslut;2023-12-30\n",
            (
                "lägen.csv rad 3, inskrivning_id: text, 2 tecken. "
                "Raden står redan tidigare i filen: samma inskrivning_id och tillfälle."
            ),
        ),
        (
            "lägen",
            "inskrivning_id;tillfälle;datum;sysselsättning\nI1;start;2023-01-01;studier:150\n",
            "lägen.csv rad 2, sysselsättning: text, 11 tecken. Omfattningen är procent av heltid",
        ),
        (
            "ors",
            "inskrivning_id;tillfälle;datum;individuellt;nära\nI1;start;2023-01-01;5,1;\n",
            "ors.csv rad 2, nära: tom cell. Ange alla fyra poängen, eller bara summan.",
        ),
        (
            "ors",
            (
                "inskrivning_id;tillfälle;datum;individuellt;nära;socialt;allmänt;summa\n"
                "I1;start;2023-01-01;5,1;1;1;1;9\n"
            ),
            "ors.csv rad 2, summa: tal. Summan av de fyra är 8,1; rätta eller töm fältet.",
        ),
        (
            "våld",
            SCREENING + "I1;2023-02-01;avböjt;vald-7;;\n",
            "våld.csv rad 2, instrument: text, 6 tecken. Ska vara tomt när Screeningen är avböjt.",
        ),
        (
            "våld",
            SCREENING + "I1;2023-02-01;avböjt;;1:ja|2:ja|3:nej|4:nej|5:nej|6:nej|7:nej;\n",
            (
                "våld.csv rad 2, svar: text, 39 tecken. "
                "Ange i kolumnen instrument vilket formulär svaren hör till."
            ),
        ),
        (
            "våld",
            SCREENING + "I1;2023-02-01;besvarat;vald-7;1:ja|2:nej;\n",
            (
                "våld.csv rad 2, svar: text, 10 tecken. "
                "Skriv ett svar på var och en av frågorna 1, 2, 3, 4, 5, 6, 7: 1:ja|2:nej."
            ),
        ),
        (
            "våld",
            SCREENING + "I1;2023-02-01;besvarat;vald-7;1:kanske|2:ja|3:ja|4:ja|5:ja|6:ja|7:ja;\n",
            "våld.csv rad 2, svar: text, 38 tecken. Välj ett av: ja, nej, vill inte svara.",
        ),
        (
            "uppföljningar",
            CALL + "I1;6;2023-06-01;svarade;4;\n",
            "uppföljningar.csv rad 2, datum: datum. Samtalets datum är före avslutet 2023-12-31.",
        ),
        (
            "uppföljningar",
            CALL + "I1;6;2024-06-01;ej svar;4;\n",
            "uppföljningar.csv rad 2, nytta: tal. Kan bara anges när personen svarade.",
        ),
        (
            "uppföljningar",
            CALL + "I1;7;2024-06-01;svarade;;\n",
            "uppföljningar.csv rad 2, månader: tal. Välj ett av: 6, 18, 24.",
        ),
        (
            "anteckningar",
            "inskrivning_id;tid;text\nI1;2023-06-01;hej\n",
            "anteckningar.csv rad 2, tid: datum. Klockslaget",
        ),
        (
            "resultat",
            "inskrivning_id;resultat\nI1;studier|flytt\n",
            "resultat.csv rad 2, resultat: text, 13 tecken. Välj ett av: ",
        ),
        (
            "rådgivning",
            "datum;insats_id;vem;antal\n2024-01-01;SAM;vård;0\n",
            "rådgivning.csv rad 2, antal: tal. Talet ska vara från 1 till 999.",
        ),
    ],
)
def test_each_fault_is_told_and_nothing_is_changed(
    one: Desk, file: str, contents: str, line: str
) -> None:
    before = one.everything()
    report = one.load({file: contents})
    assert [fault for fault in told(report) if fault.startswith(line)], told(report)
    assert one.everything() == before


@pytest.mark.parametrize(
    ("enrolment", "participant", "line"),
    [
        ("I2;D1;SAM;2024-01-01;\n", "person", "Inskrivningen är inte avslutad."),
        ("I2;D1;SAM;2024-01-01;2024-02-01\n", "anonym", "Deltagaren är anonym och följs inte upp."),
    ],
)
def test_a_follow_up_needs_a_closure_and_somebody_to_phone(
    desk: Desk, enrolment: str, participant: str, line: str
) -> None:
    report = desk.load(
        {
            **ONE,
            "deltagare": "deltagare_id;registrering;födelsedatum;kön\n"
            f"D1;{participant};{'1990-01-01' if participant == 'person' else ''};man\n",
            "inskrivningar": "inskrivning_id;deltagare_id;insats_id;start;slut\n" + enrolment,
            "uppföljningar": "inskrivning_id;månader\nI2;6\n",
        }
    )
    assert told(report) == [f"uppföljningar.csv rad 2, inskrivning_id: text, 2 tecken. {line}"]


def test_an_aftercare_contact_is_not_before_the_closure(one: Desk) -> None:
    report = one.load(punktinsatser="inskrivning_id;datum\nI1;2023-12-30\n")
    assert told(report) == [
        "punktinsatser.csv rad 2, datum: datum. Datumet är före avslutet 2023-12-31."
    ]


def test_a_fault_in_the_last_file_undoes_all_of_them(desk: Desk) -> None:
    before = desk.everything()
    report = desk.load({**ONE, "anteckningar": "inskrivning_id;tid;text\nI1;2023-06-01 10:00;\n"})
    assert report.faults.count == 1
    assert desk.everything() == before


def test_faults_are_in_the_order_of_files_and_rows(desk: Desk) -> None:
    report = desk.load(
        {
            **ONE,
            "kommuner": "kod;namn;andel\n1;A;x\n2;;1\n3;B;y\n",
            "medarbetare": "medarbetare_id;namn;roll\nC1;;chef\n",
        }
    )
    assert [(fault.file, fault.row) for fault in report.faults.shown] == [
        ("kommuner.csv", 2),
        ("kommuner.csv", 3),
        ("kommuner.csv", 4),
        ("medarbetare.csv", 2),
    ]


def test_the_first_fifty_are_shown_and_all_are_counted(one: Desk) -> None:
    rows = "".join(f"{n};\n" for n in range(1, 10_001))
    report = one.load(kommuner="kod;namn\n" + rows)
    assert report.faults.count == 10_000
    assert [fault.row for fault in report.faults.shown] == list(range(2, 52))


def test_a_faulty_row_is_told_once_and_not_by_those_that_refer_to_it(desk: Desk) -> None:
    report = desk.load(
        {
            **ONE,
            "deltagare": "deltagare_id;registrering;födelsedatum;kön\nD1;person;1990-13-01;man\n",
            "lägen": "inskrivning_id;tillfälle;datum\nI1;start;2023-01-01\n",
        }
    )
    assert len(told(report)) == 1


@pytest.mark.parametrize("name", ["deltagare", "insatser", "inskrivningar"])
def test_a_file_that_cannot_be_read_is_told_once(desk: Desk, name: str) -> None:
    states = "inskrivning_id;tillfälle;datum\nI1;start;2023-01-01\n"
    report = desk.load({**ONE, "lägen": states, name: "namn;inskrivning_id;xyz\nD1;1\n"})
    assert {fault.file for fault in report.faults.shown} == {f"{name}.csv"}


def test_a_faulty_programme_is_not_told_again_by_those_enrolled_in_it(desk: Desk) -> None:
    programme = "insats_id;namn;typ\nSAM;Samordningsteamet;vilken som\n"
    report = desk.load({**ONE, "insatser": programme})
    assert [fault.column for fault in report.faults.shown] == ["typ"]


def test_questions_are_told_and_taken_for_yes(one: Desk) -> None:
    files: dict[str, str | bytes] = {
        "deltagare": PERSON + "D2;person;19920717-9871;;;;kvinna;;\n",
        "lägen": "inskrivning_id;tillfälle;datum\nI1;24;2026-01-01\n",
    }
    report = one.take(files)
    assert [str(question) for question in report.questions.shown] == [
        (
            "deltagare.csv rad 2, kön: text, 6 tecken. "
            "Könet stämmer inte med personnumret. Är det ändå rätt?"
        ),
        "lägen.csv rad 2, datum: datum. Datumet ligger i framtiden. Är det rätt?",
    ]
    again = one.take(files)
    assert again.questions.count == 0  # it is in the register, so somebody has said yes


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("", "tom cell"),
        ("  ", "tom cell"),
        ("2024-02-31", "datum"),
        ("19920717-9871", "text, 13 tecken"),
        ("199207179871", "tal"),
        ("1 051 782,22", "tal"),
        ("-3", "tal"),
        ("Åsa Öberg", "text, 9 tecken"),
        ("x" * 1234, "text, 1 234 tecken"),
    ],
)
def test_the_kind_of_a_value_tells_nothing_of_it(raw: str, kind: str) -> None:
    assert kind_of(raw) == kind


def test_no_fault_repeats_a_value(one: Desk) -> None:
    secret = "Hemligsson"
    cells = PERSON.strip().split(";")
    for place in range(1, len(cells)):
        row = ["D2", "person", "", "", "", "", "kvinna", "", ""]
        row[place] = secret + "\x07"
        report = one.load(deltagare=PERSON + ";".join(row) + "\n")
        assert report.faults.count > 0
        assert secret not in " ".join(told(report))

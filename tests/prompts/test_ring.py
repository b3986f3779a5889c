"""The call queue by prompts, looked at in the stored rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from finsam_tui.prompts.ring import ring
from finsam_tui.prompts.saving import Desk, Interrupted, fill
from finsam_tui.storage import drafts
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Target
from tests.prompts.talk import Script
from tests.register import KEY, NOW, Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CALLING = datetime(2024, 8, 1, 9, 0)  # some six months after the closures
NO_ANSWER = ["2", "", "", ""]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path)
    yield office
    office.register.close()


COACH = {"staff": "Anna Coach"}


def closed(office: Office, name: str) -> int:
    """Return the six-month call of somebody whose enrolment has been closed."""
    office.now = NOW
    names = {"first_name": name, "last_name": "Ek", "phone": "070-174 06 05"}
    who = {"registration": "person", "birth_date": "1990-01-01", "sex": "kvinna"}
    person = office.save(Target("participant"), **who, **names, protection="nej")
    enrolment = office.save(Target("enrolment", person), programme="SAM", start_date="i", **COACH)
    office.now = datetime(2024, 1, 31, 9, 0)
    office.save(
        Target("closure", record_id=enrolment),
        end_date="i",
        closure_reason="utskrivning",
        result="studier",
        step="Kom i jobb",
        livelihood="lön",
        occupation="studier:50",
        responsible="Kommun",
        not_taken="glömdes",
    )
    office.now = CALLING
    row = office.row("SELECT id FROM follow_up WHERE enrolment_id = ? AND months = '6'", enrolment)
    return int(str(row["id"]))


def sit(office: Office, *answers: str) -> tuple[Desk, Script]:
    script = Script(*answers)
    return Desk(script, office.register, lambda: office.now), script


def call(office: Office, follow_up: int) -> dict[str, object]:
    return office.row("SELECT * FROM follow_up WHERE id = ?", follow_up)


def test_a_call_answered_with_nothing_changed_is_saved_whole(office: Office) -> None:
    follow_up = closed(office, "Eva")
    desk, script = sit(office, "", "1", "", "", "=", "1", "", "j", "n", "4", "j", "", "")
    ring(desk)
    saved = call(office, follow_up)
    assert (saved["outcome"], saved["date"], saved["kept_step"]) == (
        *("answered", "2024-08-01", "kept"),
    )
    assert (saved["own_livelihood"], saved["wants_support"], saved["usefulness"]) == (1, 0, 4)
    attempt = office.row("SELECT * FROM attempt")
    assert (attempt["at"], attempt["staff"]) == ("2024-08-01T09:00", "C1")
    same = office.row("SELECT * FROM assessment WHERE occasion = '6'")
    assert (same["step"], same["responsible"]) == ("getting_to_work", "municipality")
    assert office.rows("SELECT * FROM draft") == []
    assert "1 samtal sparat." in script.said


def test_the_card_says_what_is_needed_and_nothing_of_the_screening(office: Office) -> None:
    closed(office, "Eva")
    enrolment = int(str(office.row("SELECT id FROM enrolment")["id"]))
    safe = {"alone": "ja", "interpreter": "behövs inte", "informed": "ja", "status": "besvarat"}
    items = {f"item_{i}": "ja" for i in range(1, 8)}
    office.save(Target("screening", enrolment), date="i", instrument="vald-7", **safe, **items)
    desk, script = sit(office, "q")
    ring(desk)
    for said in (
        "1 samtal att ringa.",
        "Eva Ek, 6 månader efter avslut",
        "Telefon: 070-174 06 05",
        "Steg vid avslut: Kom i jobb",
        "Försörjning vid avslut: lön",
        "Sysselsättning vid avslut: studier 50 %",
        "Inga försök än.",
    ):
        assert said in script.said
    assert "våld" not in script.said.casefold()


def test_opening_a_card_is_noted_in_the_access_log(office: Office) -> None:
    closed(office, "Eva")
    desk, _ = sit(office, "q")
    ring(desk)
    assert [row["kind"] for row in office.rows("SELECT kind FROM access")] == ["person"]


def test_the_next_one_comes_by_itself_and_nobody_twice(office: Office) -> None:
    first, second = closed(office, "Eva"), closed(office, "Bo")
    desk, script = sit(office, "", *NO_ANSWER, "", *NO_ANSWER)
    ring(desk)
    assert [call(office, each)["outcome"] for each in (first, second)] == ["no_answer"] * 2
    assert "Inga fler samtal att ringa just nu." in script.said
    assert "2 samtal sparade." in script.said


def test_s_skips_and_q_ends(office: Office) -> None:
    first, second = closed(office, "Eva"), closed(office, "Bo")
    desk, script = sit(office, "x", "s", "q")
    ring(desk)
    assert [call(office, each)["outcome"] for each in (first, second)] == [None, None]
    assert "! Svara med Enter, s eller q." in script.said
    assert "Bo Ek" in script.said


def test_the_end_of_the_lines_at_the_menu_ends_it_quietly(office: Office) -> None:
    closed(office, "Eva")
    desk, script = sit(office)
    ring(desk)
    assert "0 samtal sparade." in script.said


def test_an_empty_queue_says_so(office: Office) -> None:
    desk, script = sit(office)
    ring(desk)
    assert "0 samtal att ringa." in script.said
    assert "Inga fler samtal att ringa just nu." in script.said


def test_who_wants_support_is_pointed_out(office: Office) -> None:
    closed(office, "Eva")
    desk, script = sit(office, "", "1", "", "", "=", "1", "", "j", "j", "", "", "", "")
    ring(desk)
    assert "Personen önskar stöd" in script.said


def test_a_comment_from_an_earlier_try_stays(office: Office) -> None:
    follow_up = closed(office, "Eva")
    ring(sit(office, "", "2", "", "ring efter fyra", "")[0])
    office.now = CALLING + timedelta(days=1)
    desk, script = sit(office, "", *NO_ANSWER)
    ring(desk)
    saved = call(office, follow_up)
    assert (saved["comment"], saved["date"]) == ("ring efter fyra", "2024-08-02")
    assert "1 försök hittills:" in script.said
    assert len(office.rows("SELECT * FROM attempt")) == 2


def test_breaking_off_keeps_the_answers_for_the_next_time(office: Office) -> None:
    first, begun = closed(office, "Eva"), closed(office, "Bo")
    desk, _ = sit(office, "s", "", "1", "", "", "3")  # and the line drops
    with pytest.raises(Interrupted, match="utkast") as interrupted:
        ring(desk)
    assert interrupted.value.exit_code == 130
    (draft,) = drafts.all_of(office.register)
    assert (draft.target.record_id, draft.field) == (begun, "livelihood")

    desk, script = sit(office, "", "j", "", "", "", "", "1", "", "j", "n", "", "", "", "", "q")
    ring(desk)
    assert "utkast från 2024-08-01 09:00" in script.said
    said = script.said.partition("(j/n)")[2]
    assert said.index("Försörjning") < said.index("Sysselsättning")
    assert "Samtalets utfall" not in said.partition("Försörjning")[0]
    assert call(office, begun)["outcome"] == "answered"
    assert office.row("SELECT step FROM assessment WHERE occasion = '6'")["step"] == (
        "getting_to_work"
    )
    assert call(office, first)["outcome"] is None
    assert drafts.all_of(office.register) == []


def test_a_draft_that_is_not_wanted_stays_until_another_answer(office: Office) -> None:
    closed(office, "Eva")
    with pytest.raises(Interrupted):
        ring(sit(office, "", "1")[0])
    ring(sit(office, "", "n", "<", "q")[0])
    (draft,) = drafts.all_of(office.register)
    assert draft.raws["outcome"] == "svarade"
    ring(sit(office, "", "n", "2", "", "", "")[0])
    assert drafts.all_of(office.register) == []


def test_breaking_off_before_any_answer_leaves_no_draft(office: Office) -> None:
    closed(office, "Eva")
    with pytest.raises(KeyboardInterrupt):
        ring(sit(office, "")[0])
    assert drafts.all_of(office.register) == []


def test_a_call_taken_away_while_it_is_shown_is_passed_over(office: Office) -> None:
    follow_up = closed(office, "Eva")
    with pytest.raises(Interrupted):
        ring(sit(office, "", "2")[0])
    with office.register.write() as conn:
        conn.execute("DELETE FROM follow_up WHERE id = ?", (follow_up,))
    desk, script = sit(office)
    ring(desk)
    assert "Inga fler samtal" in script.said


def meanwhile(office: Office, follow_up: int) -> None:
    """Have a colleague save an answer to the same call."""
    with Register.open(office.register.path, user="bo", raw_key=KEY) as theirs:
        other = Office(theirs, office.now)
        other.save(other.shown("follow_up", follow_up), outcome="ej svar", comment="deras")


@pytest.mark.parametrize(
    ("choice", "outcome", "attempts"),
    [(["9", "1"], "declined", 2), (["2"], "no_answer", 1)],
    ids=["mine", "theirs"],
)
def test_two_at_the_same_call_see_both_and_choose(
    office: Office, choice: list[str], outcome: str, attempts: int
) -> None:
    follow_up = closed(office, "Eva")
    desk, script = sit(office, "5", "", "", "", *choice)
    target = Target("follow_up", record_id=follow_up)
    ask, asked = script.ask, 0

    def colleague_first(prompt: str, typed: str = "") -> str:
        nonlocal asked
        asked += 1
        if asked == 2:  # the form has been opened
            meanwhile(office, follow_up)
        return ask(prompt, typed)

    script.ask = colleague_first  # type: ignore[method-assign]
    fill(desk, target)
    assert "Samtalets utfall\n  mina svar:  avböjer\n  den andras: ej svar" in script.said
    assert "Posten ändrades av bo" in script.said
    assert call(office, follow_up)["outcome"] == outcome
    assert len(office.rows("SELECT * FROM attempt")) == attempts
    assert drafts.all_of(office.register) == []


def test_a_refusal_of_the_register_is_asked_about_at_its_field(office: Office) -> None:
    digits = "19920717-9871"
    who = {"registration": "person", "sex": "man", "protection": "nej", "last_name": "Ek"}
    office.save(Target("participant"), **who, first_name="Bo", personal_id=digits)
    answers = ["", digits, "Bo", "Ek", "", "man", "", "", "", "", ""]
    desk, script = sit(office, *answers, "-", "")
    with pytest.raises(Interrupted):
        fill(desk, Target("participant"))
    assert "! Personnummer: Numret finns redan i registret" in script.said
    assert digits not in script.said.replace(f"[{digits}]", "")

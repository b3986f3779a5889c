"""An export holds what its user may see, tells what not, and importing it changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import NotAllowed
from finsam_tui.storage import export_rights
from tests.exchange.conftest import SYDNARKE, Desk
from tests.exchange.exports import be, export, load, rows, unchanged

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def team(desk: Desk) -> Desk:
    """A desk with a year and two protected people, of coach C1 and of coach C2."""
    load(desk.register, SYDNARKE)
    with desk.register.write() as conn:
        for coach in ("C1", "C2"):
            conn.execute(
                "UPDATE participant SET protection = 'marked' WHERE id = (SELECT participant_id"
                " FROM enrolment JOIN screening ON enrolment_id = enrolment.id"
                " WHERE staff = ? LIMIT 1)",
                (coach,),
            )
    return desk


def count(desk: Desk, sql: str) -> int:
    return int(str(desk.one(f"SELECT count(*) FROM {sql}")))


def written(folder: Path, table: str) -> int:
    return len(rows(folder / f"{table}.csv")) - 1


def test_a_coach_takes_no_protected_people_of_others_and_no_screenings_of_theirs(
    team: Desk, tmp_path: Path
) -> None:
    be(team.register, "C1")
    told = export(team.register, tmp_path / "ut")
    assert [line.split(" ", 1)[0] for line in told] == [
        "1",
        str(28 - written(tmp_path / "ut", "våld")),  # without that of the protected one
    ]
    assert "skyddade uppgifter visas bara" in told[0]
    assert "våldsscreeningen visas bara" in told[1]
    whose = "enrolment JOIN participant ON participant.id = participant_id"
    hidden = f"{whose} WHERE protection <> 'none' AND staff = 'C2'"
    (ref,) = team.rows(f"SELECT participant.ref FROM {hidden}")[0]
    assert str(ref) not in "".join(
        file.read_text(encoding="utf-8") for file in (tmp_path / "ut").iterdir()
    )
    assert written(tmp_path / "ut", "deltagare") == 153
    own = count(team, "screening JOIN enrolment ON enrolment.id = enrolment_id WHERE staff = 'C1'")
    assert written(tmp_path / "ut", "våld") == own > 0
    assert ";svar;" in rows(tmp_path / "ut" / "våld.csv")[0]
    before = team.everything()
    assert unchanged(load(team.register, tmp_path / "ut"))
    assert team.everything() == before


def test_the_coordinator_takes_everybody_but_not_what_they_answered_their_coach(
    team: Desk, tmp_path: Path
) -> None:
    be(team.register, "S1")
    (told,) = export(team.register, tmp_path / "ut")
    assert "bara om någon är utsatt, och för vad" in told
    headings = rows(tmp_path / "ut" / "våld.csv")[0].split(";")
    assert {"utsatt", "slag"} < set(headings)
    assert not {"svar", "något_ja"} & set(headings)
    assert written(tmp_path / "ut", "våld") == 29
    assert written(tmp_path / "ut", "deltagare") == 154
    before = team.everything()
    assert unchanged(load(team.register, tmp_path / "ut"))
    assert team.everything() == before


def test_a_service_takes_neither_the_protected_nor_the_screenings(
    team: Desk, tmp_path: Path
) -> None:
    told = export(team.register, tmp_path / "ut")
    assert [line.split(" ", 1)[0] for line in told] == ["2", "27"]
    assert not (tmp_path / "ut" / "våld.csv").exists()
    assert written(tmp_path / "ut", "deltagare") == 152
    before = team.everything()
    assert unchanged(load(team.register, tmp_path / "ut"))
    assert team.everything() == before


def test_who_may_export(team: Desk) -> None:
    with team.register.write() as conn:
        conn.execute("INSERT INTO staff (id, name, role) VALUES ('B1', 'Bo', 'manager')")
    be(team.register, "B1")
    export_rights.refuse(team.register, anonymous=True)
    with pytest.raises(NotAllowed, match="--anonymous"):
        export_rights.refuse(team.register, anonymous=False)
    be(team.register, "C1")
    export_rights.refuse(team.register, anonymous=False)
    with team.register.write() as conn:
        conn.execute("UPDATE staff SET active = 0 WHERE id = 'C1'")
    for anonymous in (False, True):
        with pytest.raises(NotAllowed, match="inte kvar"):
            export_rights.refuse(team.register, anonymous=anonymous)

"""What is the coordinators' to keep is not changed by another colleague's files either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import NotAllowed
from finsam_tui.storage.register import Register
from tests.exchange.conftest import LISTS, Desk
from tests.register import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROMOTED = "medarbetare_id;namn;roll\nC1;Karin;samordnare\n"


@pytest.fixture
def coach(one: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The desk of Karin, a coach, in a register whose coordinator has a key."""
    with one.register.write() as conn:
        conn.execute("UPDATE staff SET slot = 'karin'")
        conn.execute(
            "INSERT INTO staff (id, name, role, slot) VALUES ('S1', 'Sam', 'coordinator', 'sam')"
        )
    with Register.open(one.register.path, user="karin", raw_key=KEY) as register:
        folder = tmp_path / "karins"
        folder.mkdir()
        yield Desk(register, folder)


def test_a_coach_does_not_become_a_coordinator_by_a_file(coach: Desk) -> None:
    with pytest.raises(NotAllowed, match="samordnaren"):
        coach.load(medarbetare=PROMOTED)
    roles = coach.register.sql("SELECT role FROM staff ORDER BY id").fetchall()
    assert [role for (role,) in roles] == ["coach", "coordinator"]


def test_lists_that_are_as_they_were_are_no_hindrance(coach: Desk) -> None:
    report = coach.load({**LISTS})
    assert (report.faults.count, {t.unchanged for t in report.tallies}) == (0, {1})


def test_no_file_leaves_the_register_without_a_coordinator(one: Desk, coach: Desk) -> None:
    del coach  # with whom the coordinator came
    for row in ("S1;Sam;coach;ja", "S1;Sam;samordnare;nej"):
        with pytest.raises(NotAllowed, match="ingen samordnare"):
            one.load(medarbetare=f"medarbetare_id;namn;roll;arbetar_kvar\n{row}\n")
    assert one.rows("SELECT role, active FROM staff WHERE id = 'S1'") == [("coordinator", 1)]


def test_a_service_takes_in_lists(one: Desk, coach: Desk) -> None:
    del coach  # with whom the coordinator came
    assert [t.changed for t in one.load(medarbetare=PROMOTED).tallies] == [1]

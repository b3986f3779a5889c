"""Killed at any keystroke, the next start goes on at the same field with all answers."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.tui.killing import Kills, Way, new_participant, next_call, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finsam_tui.storage.register import Register
    from tests.conftest import RunFinsam

KILLS = 4


@pytest.mark.parametrize("way", [new_participant, next_call])
def test_no_answer_is_lost_to_a_kill(
    way: Callable[[Register], Way], tmp_path: Path, run_finsam: RunFinsam
) -> None:
    path, key_file = tmp_path / "demo.db", tmp_path / "demo.key"
    made = run_finsam("demo", "--no-tui", "--size", "60", "--keep", path, "--key-file", key_file)
    assert made.returncode == 0, made.stderr
    with opened(path, key_file) as register:
        kills = Kills(path, key_file, register, way(register))
        kills.run(KILLS, Random(way.__name__))  # noqa: S311 - not for secrets
    print(f"{kills.tried} kills, {len(kills.lost)} lost")  # noqa: T201 - for the record
    assert kills.lost == []
    assert kills.tried == KILLS

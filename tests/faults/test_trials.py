"""Every fault of the long run, tried a few times: nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT
from tests.faults import counting
from tests.faults.soak import TRIALS, seeded
from tests.faults.trials import Unavailable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", TRIALS)
def test_nothing_is_lost_to(name: str, tmp_path: Path) -> None:
    planned, seed = TRIALS[name], counting.seed()
    try:
        count = planned.trial(tmp_path, counting.times(planned.gate), seeded(name, seed))
    except Unavailable as reason:
        pytest.skip(str(reason))
    counting.told(f"{name}, seed {seed}", count.tried, count.lost)


def test_the_long_run_tells_of_each_trial_in_a_line() -> None:
    words = ("--times", "1", "--seed", "7", "no_pages_left", "power_full")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.soak", *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [line["test"] for line in told] == ["no_pages_left", "power_full"]
    assert [(line["tried"], line["lost"], line["seed"]) for line in told] == [(1, 0, 7)] * 2
    assert all(line["seconds"] > 0 for line in told)

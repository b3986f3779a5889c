"""How often a fault is tried, by which seed, and what came of it.

FINSAM_FAULTS=N tries N times as often as the gate does, FINSAM_SEED=N tries others.
"""

from __future__ import annotations

import os
from random import Random


def times(usual: int) -> int:
    return usual * int(os.environ.get("FINSAM_FAULTS", "1"))


def seed() -> int:
    return int(os.environ.get("FINSAM_SEED", "1"))


def chance() -> Random:
    return Random(seed())  # noqa: S311 - not for secrets


def told(what: str, tried: int, lost: list[str]) -> None:
    """Print what was tried and lost, and fail the test where that is anything."""
    print(f"{what}: {tried} tried, {len(lost)} lost")  # noqa: T201 - the long run reads it
    assert tried > 0
    assert lost == []

"""What every trial of a fault gives back, and how one tells that it cannot be made here.

A trial is a function of a folder of its own, how many times to try, and the chance it goes by. The
gate runs it a few times (`test_trials.py`), the long run many (`scripts/soak`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

Trial = Callable[[Path, int, Random], "Count"]


class Unavailable(Exception):
    """The trial takes what this computer or user has not; the text says what."""


@dataclass
class Count:
    """How often something was tried, what was lost, a line for each, and what else was seen."""

    tried: int = 0
    lost: list[str] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)

"""A real finsam in a terminal, killed or left without one in the middle of a form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.faults import harms
from tests.faults.trials import Count
from tests.tui.killing import Kills, Terminal, new_participant, next_call, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

    from tests.faults.trials import Trial

A_FORM = 5  # ends of one draft, before another is begun


def _ended(end: Callable[[Terminal], None], folder: Path, times: int, random: Random) -> Count:
    """End the program amid a form: the next start goes on with it, at the same field."""
    count = Count()
    for number, left in enumerate(_parts(times)):
        place = folder / str(number)
        place.mkdir(mode=0o700)
        path, key_file = place / "demo.db", place / "demo.key"
        made = (
            "demo",
            "--no-tui",
            "--size",
            "60",
            "--keep",
            str(path),
            "--key-file",
            str(key_file),
        )
        status, said = harms.ran(made)
        assert status == 0, said
        with opened(path, key_file) as register:
            way = (next_call, new_participant)[number % 2](register)
            kills = Kills(path, key_file, register, way)
            kills.end = end
            kills.run(left, random)
        count.tried += kills.tried
        count.lost += kills.lost
    return count


def _parts(times: int) -> Iterator[int]:
    for start in range(0, times, A_FORM):
        yield min(A_FORM, times - start)


killed_forms: Trial = partial(_ended, Terminal.kill)
hung_up_forms: Trial = partial(_ended, Terminal.hang_up)
dropped_forms: Trial = partial(_ended, Terminal.drop)

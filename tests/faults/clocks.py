"""A clock that jumps, back too: copies stay, logs hold, and calls fall due as they should."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

from finsam_tui.domain.follow_up import due_date
from finsam_tui.storage import audit, calls, driver
from tests.backups import NIGHT, Site
from tests.faults import work
from tests.faults.trials import Count
from tests.register import NOW

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

NAME = "Skrivare"
FAR = 500  # days
CLOSED = date.fromisoformat(work.CLOSURE["end_date"])


def copies(folder: Path, times: int, random: Random) -> Count:
    """Back up by a clock that jumps: while one of the copies is from the future, all stay."""
    site, count = Site(folder / "plats"), Count()
    now, gone = NIGHT, 0
    for number in range(times):
        now += timedelta(days=random.choice((1, 1, 1, 1, 1, 1, 1, 1, 40, -1, -40)))
        site.note(f"{number:04}")
        before = site.copies()
        done = site.back_up(now)
        back = any(path.name > done.path.name for path in before)
        gone += len(done.removed)
        if back and (done.removed or "clock" not in done.manifest.doubts):
            count.lost.append(f"{now}: {done.removed} went although the clock had gone back")
        if set(before) - {site.folder / name for name in done.removed} != set(site.copies()) - {
            done.path
        }:
            count.lost.append(f"{now}: {done.removed} is not all that went")
        count.tried += 1
    for path in site.copies()[-3:]:
        site.restore(path, folder / "åter" / f"{path.name}")
    count.more = {"copies_let_go": gone}
    return count


def saves(folder: Path, times: int, random: Random) -> Count:
    """Save by a clock that jumps, the form's and the log's."""
    path, count = work.make(folder), Count()
    moment = NOW

    def told() -> str:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    with patch.object(driver, "utc_now", told):
        register = work.opened(path, NAME)
    with register:
        writer = work.Writer(register, NAME)
        for _ in range(times * work.STEPS):
            moment = NOW + timedelta(days=random.randint(-FAR, FAR))
            writer.office.now = moment
            writer.step()
            count.tried += 1
        count.lost += [str(fault) for fault in audit.verify(register.conn)]
        times_told = [row["at"] for row in register.sql("SELECT at FROM audit ORDER BY id")]
        if times_told == sorted(times_told) and times > 1:
            count.lost.append("the log's clock did not jump")
        count.lost += _calls(writer, times)
    count.lost += work.faults(path, NAME, writer.saved, writer.saved)
    return count


def _calls(writer: work.Writer, people: int) -> list[str]:
    """Return what is wrong with the calls: due by the closure's date, whatever the clock was."""
    register = writer.office.register
    due = {row["due_date"] for row in register.sql("SELECT due_date FROM follow_up")}
    wrong = [] if due == {due_date(CLOSED, n).isoformat() for n in (6, 18)} else [f"due {due}"]
    early = calls.next_call(register, datetime(2024, 9, 1, 9, 0))
    later = calls.next_call(register, datetime(2025, 3, 1, 9, 0))
    if early is not None or later is None:
        wrong.append(f"{people} people: the call is {early} too early and {later} in time")
    return wrong

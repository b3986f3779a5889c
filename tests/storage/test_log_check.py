"""A log that somebody with the key has written anew is found: the copies tell of another."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from finsam_tui.storage import audit, driver, log_check, manifest, sealed
from tests.backups import NIGHT, Site, nights

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finsam_tui.storage.log_check import Checked, Compared


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.people(3)
    return site


def check(site: Site) -> Checked:
    with site.opened() as register:
        return log_check.check(register)


def compared(site: Site) -> Compared:
    found = check(site).copies
    assert found
    return found


def rewrite(site: Site, sql: str) -> None:
    """Change a log and seal all of it anew, as finsam itself would: no seal tells."""
    with site.opened() as register, driver.explained(site.path):
        conn = register.conn
        conn.execute("BEGIN IMMEDIATE")
        conn.execute(sql)
        conn.execute("DELETE FROM seal")
        audit.seal(conn, dict.fromkeys(audit.LOGS, 0))
        conn.execute("COMMIT")
        assert list(audit.verify(conn)) == []


def test_a_log_that_went_on_holds_what_the_copies_tell(site: Site) -> None:
    for night in nights(3):
        site.back_up(night)
        site.people(4)
    found = check(site)
    assert found.whole
    assert found.copies == log_check.Compared(site.folder, 3, last=nights(3)[-1])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET user = 'kim' WHERE id = 1",
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
    ],
)
def test_a_log_written_anew_is_found(site: Site, sql: str) -> None:
    copy = site.back_up().path
    rewrite(site, sql)
    assert not check(site).whole
    assert compared(site).cut == (log_check.Cut(copy.name, NIGHT, ("audit",)),)
    site.back_up(nights(2)[1])  # which tells of the new log: the older one still gives it away
    assert [cut.copy for cut in compared(site).cut] == [copy.name]


def test_without_copies_there_is_nothing_to_compare_with(site: Site) -> None:
    assert check(site).copies is None
    assert check(site).whole


def test_copies_out_of_reach_are_told_to_be(site: Site) -> None:
    site.back_up()
    site.folder.rename(site.folder.with_name("urdragen"))
    assert compared(site) == log_check.Compared(site.folder)
    assert check(site).whole


def test_a_disk_that_does_not_answer_is_not_waited_for(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.back_up()
    endless = tmp_path / "ls"
    endless.write_text("#!/bin/sh\nwhile :; do :; done\n")
    endless.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(log_check, "PATIENCE", 0.1)
    assert compared(site) == log_check.Compared(site.folder)


def test_copies_that_a_restore_left_behind_are_passed(site: Site) -> None:
    first = site.back_up(nights(1)[0]).path
    site.people(5)
    site.back_up(nights(2)[1])
    site.restore(first)
    assert compared(site) == log_check.Compared(site.folder, 1, 1, last=NIGHT)
    site.back_up(datetime.now(UTC) + timedelta(minutes=1))
    assert (compared(site).number, compared(site).passed) == (2, 1)
    rewrite(site, "UPDATE audit SET user = 'kim' WHERE id = 1")
    assert len(compared(site).cut) == 2


def test_copies_that_are_not_whole_are_counted(site: Site) -> None:
    manifest.path_of(site.back_up().path).write_bytes(b"")
    assert compared(site) == log_check.Compared(site.folder, 0, odd=1)


def test_copies_of_another_register_are_left_out(site: Site) -> None:
    copy = site.back_up().path
    tell(copy, lambda told: {**told, "register": "en annans"})
    assert compared(site) == log_check.Compared(site.folder, 0)


@pytest.mark.parametrize(
    "last",
    ["", "x", ":", "1", "1:", "1:xyz", "-1:00", f"{'9' * 40}:00", f"{'9' * 5000}:00", "²:00"],
)
def test_an_end_that_is_none_is_not_in_the_log(site: Site, last: str) -> None:
    copy = site.back_up().path
    tell(copy, lambda told: {**told, "audit": {"audit": last, "okänd": "1:00"}})
    assert [cut.logs for cut in compared(site).cut] == [("audit",)]


def tell(copy: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change a manifest, and its sum with it, as anybody who may write there can."""
    path = manifest.path_of(copy)
    told = json.loads(path.read_bytes())
    told.pop("sum")
    told = change(told)
    told["sum"] = sealed.sum_of(told)  # whoever can write it can sum it up
    path.write_bytes(json.dumps(told).encode())

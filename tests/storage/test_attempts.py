"""Wrong passphrases: each makes the next wait, also after a restart, and the next user is told."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import TooSoon, WrongKey
from finsam_tui.storage import attempts, keys, opening
from finsam_tui.storage.attempts import FREE, LONGEST, SUFFIX, Failed
from tests.storage.conftest import CHEAP, PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.storage.register import Register
    from tests.storage.conftest import Founded

NOON = 1_700_000_000


def fail(path: Path, at: int) -> None:
    with pytest.raises(WrongKey), attempts.counted(path, lambda: at):
        raise WrongKey("fel")


def left(path: Path, at: int) -> str:
    """Return what is said of a try at a moment; "" where it is let through."""
    try:
        with attempts.counted(path, lambda: at):
            return ""
    except TooSoon as error:
        return str(error)


def file_of(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)


def test_the_wait_grows_with_each_failure_and_has_an_end(path: Path) -> None:
    at, waits = NOON, []
    for _ in range(12):
        fail(path, at)
        wait = attempts.read(path).wait
        waits.append(wait)
        if wait:
            assert "vänta 1 sekund och" in left(path, at + wait - 1)
        at += wait
        assert left(path, at) == ""
    assert waits == [0] * (FREE - 1) + [2, 4, 8, 16, 32] + [LONGEST] * 5
    assert attempts.read(path) == Failed(12, NOON, at - LONGEST)


def test_a_clock_put_back_makes_one_wait_once_and_no_longer(path: Path) -> None:
    for _ in range(FREE):
        fail(path, NOON)
    assert "vänta 2 sekunder" in left(path, NOON - 10_000)
    assert left(path, NOON - 10_000 + 2) == ""


def test_the_file_holds_numbers_only_and_is_its_owners_alone(path: Path) -> None:
    fail(path, NOON)
    assert json.loads(file_of(path).read_text()) == {"times": 1, "first": NOON, "last": NOON}
    assert file_of(path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 999, b"[" * 999, b'{"times": "x"}', b'{"times": 1e999, "first": 0, "last": 0}'],
)
def test_a_spoilt_file_is_no_way_to_begin_anew(path: Path, content: bytes) -> None:
    file_of(path).write_bytes(content)
    file_of(path).chmod(0o600)
    assert attempts.read(path).times == FREE - 1


def test_a_pipe_or_a_folder_in_its_place_stops_nobody(path: Path) -> None:
    os.mkfifo(file_of(path), 0o600)
    assert left(path, NOON) == ""
    file_of(path).unlink()
    file_of(path).mkdir(0o700)
    assert left(path, NOON) == ""
    fail(path, NOON)


def test_failures_are_counted_told_once_and_in_the_access_log(founded: Founded) -> None:
    for wrong in ("fel lösenfras ett", "fel lösenfras två"):
        with pytest.raises(WrongKey):
            keys.unlock_passphrase(founded.path, wrong)
    with unlocked(founded) as register:
        (failed,) = attempts.settle(register)
        assert failed.startswith("2 misslyckade försök att låsa upp sedan 20")
        rows = register.sql("SELECT user, kind, participant_id, detail FROM access").fetchall()
        assert [tuple(row) for row in rows] == [
            ("anna", "failed_unlocks", None, failed),
            ("anna", "unlock", None, None),
        ]
        assert attempts.settle(register) == ()
        assert not file_of(founded.path).exists()


def unlocked(founded: Founded, passphrase: str = PASSPHRASE) -> Register:
    return opening.open_register(founded.path, keys.unlock_passphrase(founded.path, passphrase))


def test_whoever_gets_in_first_does_not_hush_the_failures(founded: Founded) -> None:
    other = "fyra ord om gröna hästar"
    with keys.changing(founded.path, keys.unlock_passphrase(founded.path, PASSPHRASE)) as ring:
        ring.add_person("bo", other, CHEAP)
    for passphrase in (PASSPHRASE, other):
        with unlocked(founded, passphrase) as register:
            assert attempts.settle(register) == ()
    fail(founded.path, NOON)
    told = []
    for passphrase in (other, PASSPHRASE, PASSPHRASE, other):
        with unlocked(founded, passphrase) as register:
            told.append(attempts.settle(register))
    assert told[0][0].startswith("1 misslyckat försök att låsa upp sedan ")
    assert told == [told[0], told[0], (), ()]


def test_a_wrong_recovery_code_counts_and_a_service_waits_for_nobody(founded: Founded) -> None:
    other = keys.Ring.new().add_recovery()
    for _ in range(FREE):
        with pytest.raises(WrongKey):
            keys.unlock_recovery(founded.path, other)
    with pytest.raises(TooSoon):
        keys.unlock_passphrase(founded.path, PASSPHRASE)
    with pytest.raises(TooSoon):
        keys.unlock_recovery(founded.path, founded.code)
    keys.unlock_key_file(founded.path, founded.service_file).wipe()

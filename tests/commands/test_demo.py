"""The demo command: what it leaves behind, which is nothing unless it was asked to."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.storage import keys, opening
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RunFinsam

# The demo command, hit by a signal once it has built its register.
HIT = """
import os, sys
from finsam_tui.cli import main
from finsam_tui.commands import demo
build = demo.build
def build_and_be_hit(register, **kwargs):
    build(register, **kwargs)
    print(register.path, flush=True)
    os.kill(os.getpid(), int(sys.argv[1]))
demo.build = build_and_be_hit
sys.exit(main(["demo", "--no-tui", "--size", "3", *sys.argv[2:]]))
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made by what the test starts."""
    folder = tmp_path / "temporary"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def private(tmp_path: Path) -> Path:
    folder = tmp_path / "private"
    folder.mkdir(mode=0o700)
    return folder


def hit(by: signal.Signals, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", HIT, str(int(by)), *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_demo_that_is_only_built_is_gone(run_finsam: RunFinsam, temporary: Path) -> None:
    done = run_finsam("demo", "--no-tui", "--size", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 deltagare" in done.stdout
    assert names(temporary) == []


@pytest.mark.parametrize(
    ("by", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
class TestSignals:
    def test_leave_no_temporary_register(
        self, temporary: Path, by: signal.Signals, status: int
    ) -> None:
        done = hit(by)
        assert str(temporary) in done.stdout
        assert done.returncode == status
        assert names(temporary) == []

    def test_leave_no_unfinished_register_to_keep(
        self, private: Path, by: signal.Signals, status: int
    ) -> None:
        done = hit(by, "--keep", private / "d.db", "--key-file", private / "d.key")
        assert str(private) in done.stdout
        assert done.returncode == status
        assert names(private) == []


def test_a_demo_that_is_kept_opens_with_its_key_file(run_finsam: RunFinsam, private: Path) -> None:
    path, key = private / "d.db", private / "d.key"
    done = run_finsam("demo", "--no-tui", "--size", "3", "--keep", path, "--key-file", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"finsam --db {path} --key-file {key}" in done.stdout
    assert {stat.S_IMODE(made.stat().st_mode) for made in private.iterdir()} == {0o600}
    with opening.open_register(path, keys.unlock_key_file(path, key)) as register:
        assert register.user == "demo"
        assert register.sql("SELECT count(*) FROM participant").fetchall()[0][0] == 3


def test_an_association_can_be_older(run_finsam: RunFinsam, private: Path) -> None:
    path, key = private / "d.db", private / "d.key"
    kept = ("--keep", path, "--key-file", key)
    done = run_finsam("demo", "--no-tui", "--size", "3", "--years", "20", *kept)
    assert (done.returncode, done.stderr) == (0, "")
    with opening.open_register(path, keys.unlock_key_file(path, key)) as register:
        sql = "SELECT count(DISTINCT year) FROM goal"
        assert register.sql(sql).fetchall()[0][0] == 20


@pytest.mark.parametrize("there", ["d.db", "d.key"])
def test_nothing_is_overwritten(run_finsam: RunFinsam, private: Path, there: str) -> None:
    (private / there).write_text("viktigt")
    done = run_finsam(
        *("demo", "--no-tui", "--size", "3"),
        *("--keep", private / "d.db", "--key-file", private / "d.key"),
    )
    assert done.returncode == 3
    assert there in done.stderr
    assert names(private) == [there]
    assert (private / there).read_text() == "viktigt"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--keep", "d.db"], "--key-file"),
        (["--key-file", "d.key"], "--keep"),
        (["--size", "0"], "--size"),
        (["--size", "1000001"], "--size"),
        (["--size", "många"], "--size"),
        (["--seed", "x"], "--seed"),
        (["--years", "3"], "--years"),
        (["--years", "21"], "--years"),
        (["--years", "två"], "--years"),
    ],
)
def test_odd_options_are_refused(run_finsam: RunFinsam, options: list[str], told: str) -> None:
    done = run_finsam("demo", "--no-tui", *options)
    assert done.returncode == 2
    assert told in done.stderr


def test_without_a_terminal_it_says_what_to_do(run_finsam: RunFinsam) -> None:
    done = run_finsam("demo")
    assert done.returncode == 2
    assert "--no-tui" in done.stderr


def opened() -> pexpect.spawn[bytes]:
    """Return the demo in a terminal, with something on its first screen."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "finsam_tui", "demo"],
        cwd=str(PROJECT),
        env={**os.environ, "TERM": "xterm-256color"},
        dimensions=(24, 80),
        timeout=60,
    )
    child.expect("Idag")
    return child


@pytest.mark.parametrize("by", [None, signal.SIGTERM, signal.SIGHUP], ids=str)
def test_the_demo_opens_and_is_gone_when_closed(temporary: Path, by: signal.Signals | None) -> None:
    child = opened()
    assert len(names(temporary)) == 1
    if by is None:
        child.send("\x11")
    else:
        child.kill(by)
    child.expect("\x1b\\[\\?1049l")  # the terminal is given back as it was
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == (128 + by if by else 0)
    assert names(temporary) == []


def test_nothing_is_left_when_the_terminal_goes_away(temporary: Path) -> None:
    child = opened()
    assert len(names(temporary)) == 1
    os.close(child.child_fd)
    os.waitpid(child.pid, 0)
    assert names(temporary) == []

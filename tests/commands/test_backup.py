"""`finsam backup`: one line of JSON a run, and an exit status a nightly job can go by."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pyrage.x25519 import Identity

from finsam_tui.cli import main
from finsam_tui.storage import copies
from tests.backups import Site, flip
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RunFinsam

UNUSED = {
    *("argon2", "cryptography", "pyrage", "sqlite_utils", "textual"),
    *("asyncio", "concurrent", "dataclasses", "inspect", "logging", "subprocess", "tarfile"),
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


class Job:
    """Runs `finsam backup` as the nightly job does; `told` is its line of JSON."""

    def __init__(self, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
        self.site, self._capsys = site, capsys
        self.told: dict[str, Any] = {}
        self.said = ""

    def __call__(self, *arguments: str | Path, key: bool = True) -> int:
        by = ("--key-file", self.site.service) if key else ()
        words = ("backup", *arguments, "--db", self.site.path, *by)
        status = main([str(word) for word in words])
        out, self.said = self._capsys.readouterr()
        self.told = json.loads(out) if out else {}
        assert out.count("\n") <= 1
        return status


@pytest.fixture
def job(site: Site, capsys: pytest.CaptureFixture[str]) -> Job:
    return Job(site, capsys)


def test_a_run_tells_in_one_line_what_it_made(job: Job, site: Site) -> None:
    assert job(site.folder) == 0
    (copy,) = site.copies()
    assert job.told["result"] == "done"
    assert job.told["copy"] == str(copy)
    assert job.told["bytes"] == copy.stat().st_size
    assert job.told["removed"] == []
    made = datetime.fromisoformat(job.told["made"])
    assert timedelta() <= datetime.now(UTC) - made < timedelta(minutes=5)
    assert job.said == ""


def test_without_a_folder_it_goes_where_the_last_one_went(job: Job, site: Site) -> None:
    assert job() == 2
    assert "ange katalogen" in job.said
    job(site.folder)
    assert job() == 0
    assert job.told["copy"].startswith(str(site.folder))


def test_a_failed_run_tells_so_in_both_ways(job: Job, site: Site) -> None:
    site.folder.write_bytes(b"")
    assert job(site.folder) == 5
    assert job.told["result"] == "failed"
    assert job.told["status"] == 5
    assert job.told["reason"] in job.said


def test_a_register_that_is_not_there_or_does_not_open_is_4(job: Job, site: Site) -> None:
    site.service.write_text("finsam-tjanstenyckel-1 0123 00\n")
    assert job(site.folder) == 4
    site.path.unlink()
    assert job(site.folder) == 4
    assert job.told["result"] == "failed"


def test_without_a_terminal_and_a_key_file_it_is_used_wrongly(job: Job, site: Site) -> None:
    assert job(site.folder, key=False) == 2
    assert "--key-file" in job.said


def test_a_second_job_is_5(job: Job, site: Site) -> None:
    with copies.job(site.folder):
        assert job(site.folder) == 5
    assert "arbetar redan" in job.said


def test_a_copy_with_doubts_is_1_and_says_what_to_do(job: Job, site: Site) -> None:
    site.people(10)
    job(site.folder)
    site.people(5)
    assert job(site.folder) == 1
    assert job.told["result"] == "look"
    assert job.told["doubts"] == ["shrunk:participant"]
    assert "tabellen participant" in job.said
    assert "--allow-shrink" in job.said
    assert job(site.folder, "--allow-shrink") == 0


def test_a_copy_that_is_not_whole_is_named(job: Job, site: Site) -> None:
    first = site.back_up().path
    first.write_bytes(b"")
    assert job(site.folder) == 1
    assert job.told["odd"] == [first.name]
    assert f"{first.name}; flytta undan" in job.said


@pytest.mark.parametrize("mounts", [[], ["kopior"]])  # the place of a disk, gone or empty
def test_a_disk_that_is_not_there_is_told_once(job: Job, site: Site, mounts: list[str]) -> None:
    job(site.folder)
    site.folder.rename(site.folder.with_name("disken"))
    for name in mounts:
        site.folder.with_name(name).mkdir(mode=0o700)
    assert job(site.folder) == 1
    assert job.told["astray"]
    assert "rätt disk" in job.said
    assert job(site.folder) == 0
    assert not job.told["astray"]


def test_recipients_come_from_options_and_a_file(job: Job, site: Site, tmp_path: Path) -> None:
    one, two, three = (str(Identity.generate().to_public()) for _ in range(3))
    listed = tmp_path / "mottagare"
    listed.write_text(f"# förvaras i kassaskåpet\n{two}\n\n{three}\n")
    assert job(site.folder, "--recipient", one, "--recipients-file", listed) == 0
    assert job.told["recipients"] == 3
    (wrapped,) = site.copies()
    assert job.told["copy"] == str(wrapped)
    assert wrapped.suffix == ".age"
    assert job.told["bytes"] == wrapped.stat().st_size
    assert job.told["sha256"] == hashlib.sha256(wrapped.read_bytes()).hexdigest()
    assert job.said == ""
    assert job(site.folder, "--recipient", one, "--recipient", one) == 0
    assert job.told["recipients"] == 1
    assert "minst två" in job.said


@pytest.mark.parametrize("key", ["hej", "age1qqqq", "AGE-SECRET-KEY-1HEMLIG"])
def test_what_is_no_public_key_is_refused_and_not_repeated(job: Job, site: Site, key: str) -> None:
    assert job(site.folder, "--recipient", key) == 2
    assert key not in job.said + str(job.told)
    assert site.copies() == []


def test_a_list_of_recipients_that_is_not_there_is_told(job: Job, site: Site) -> None:
    assert job(site.folder, "--recipients-file", site.folder / "saknas") == 2
    assert site.copies() == []


def test_monitoring_needs_no_key_and_no_register(job: Job, site: Site) -> None:
    job(site.folder)
    site.path.unlink()
    site.service.unlink()
    assert job("--status", key=False) == 0
    assert job.told["result"] == "fresh"
    assert job.told["age_hours"] == 0.0
    assert job.told["max_age_hours"] == 26.0


@pytest.mark.parametrize(
    ("hours", "max_age", "status"),
    [(25, "26h", 0), (27, "26h", 5), (47, "2d", 0), (49, "2d", 5), (1, "90m", 0), (2, "90m", 5)],
)
def test_a_copy_is_fresh_until_its_age_is_over(
    job: Job, site: Site, hours: int, max_age: str, status: int
) -> None:
    site.back_up(datetime.now(UTC) - timedelta(hours=hours))
    assert job(site.folder, "--status", "--max-age", max_age, key=False) == status
    assert job.told["result"] == ("old" if status else "fresh")
    assert job.told["age_hours"] == hours


def test_a_copy_from_the_future_is_not_fresh(job: Job, site: Site) -> None:
    site.back_up(datetime.now(UTC) + timedelta(hours=2))
    assert job(site.folder, "--status", key=False) == 5
    assert "rätta klockan" in job.said


def test_a_copy_that_was_stunted_since_is_none(job: Job, site: Site) -> None:
    site.back_up(datetime.now(UTC)).path.write_bytes(b"")
    assert job(site.folder, "--status", key=False) == 5
    assert job.told["result"] == "none"
    assert "ingen hel kopia" in job.said


def test_a_folder_that_is_not_there_is_told(job: Job, site: Site) -> None:
    assert job(site.folder, "--status", key=False) == 5
    assert job.told["result"] == "none"
    assert "disken" in job.said


@pytest.mark.parametrize("text", ["", "26", "h", "-1h", "1w", "0h", "1.5h", "99999h"])
def test_an_age_that_is_none_is_refused(job: Job, site: Site, text: str) -> None:
    assert job(site.folder, "--status", f"--max-age={text}", key=False) == 2
    assert "--max-age" in job.said


def test_a_key_that_systemd_lets_the_service_at_is_read(
    job: Job, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.service.chmod(0o440)
    assert job(site.folder) == 4
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(site.service.parent))
    assert job(site.folder) == 0


def test_a_job_that_is_told_to_stop_leaves_nothing_half_made(site: Site) -> None:
    """Stopped by SIGTERM once the copy has a file, as systemd does at a timeout."""
    site.note(*(f"{n:06}" * 300 for n in range(20_000)))
    command = ["-m", "finsam_tui", "backup", site.folder, "--db", site.path]
    process = subprocess.Popen(
        [sys.executable, *map(str, command), "--key-file", str(site.service)],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and not list(site.folder.glob("*.part")):
        os.sched_yield()
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 128 + signal.SIGTERM
    assert site.copies() == []
    assert site.half_made() == []


def test_what_wraps_copies_is_loaded_when_it_is_asked_for(site: Site) -> None:
    code = (
        "import sys; from finsam_tui.cli import main; status = main(sys.argv[1:]);"
        "sys.exit(status or bool({'pyrage', 'tarfile'} & set(sys.modules)))"
    )
    words = [*map(str, ("backup", site.folder, "--db", site.path, "--key-file", site.service))]
    for more, loaded in ([], 0), ([f"--recipient={Identity.generate().to_public()}"], 1):
        command = [sys.executable, "-c", code, *words, *more]
        assert subprocess.run(command, cwd=PROJECT, check=False).returncode == loaded


def test_to_ask_how_old_the_last_copy_is_loads_nothing_that_takes_time(site: Site) -> None:
    site.back_up(datetime.now(UTC))
    code = (
        "import sys; from finsam_tui.cli import main; status = main(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(status)"
    )
    words = ("backup", "--status", str(site.folder), "--db", str(site.path))
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not UNUSED & set(done.stderr.split())
    assert "sqlcipher3" in done.stderr.split()


def test_it_runs_as_a_program(site: Site, run_finsam: RunFinsam) -> None:
    done = run_finsam("backup", site.folder, "--db", site.path, "--key-file", site.service)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["result"] == "done"
    flip(site.path, 5000)
    done = run_finsam("backup", site.folder, "--db", site.path, "--key-file", site.service)
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert "skadat" in done.stderr

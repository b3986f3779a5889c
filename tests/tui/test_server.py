"""The handbook's page about a shared server, tried: a real sshd, its settings as the page has them.

Skipped where there is no sshd, or none can be started.
"""

from __future__ import annotations

import os
import pwd
import re
import shlex
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.storage import drafts, keys, opening
from finsam_tui.storage.slots import Cost
from finsam_tui.storage.target import Target
from finsam_tui.tui import handbook
from tests.conftest import PROJECT
from tests.storage.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PASSPHRASES = {"anna": "sju små båtar på ån", "bo": "fyra gröna hattar där"}
CHEAP = Cost(passes=1, memory=8 * 1024, lanes=1)
ME = pwd.getpwuid(os.getuid()).pw_name
PATIENCE = 60

pytestmark = pytest.mark.skipif(
    not SSHD or not shutil.which("ssh") or not shutil.which("ssh-keygen"), reason="takes sshd"
)

OWN = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
Subsystem sftp internal-sftp
"""


@dataclass
class Server:
    """A server on this computer, with a register of two coaches and one participant."""

    port: int
    folder: Path

    @property
    def register(self) -> Path:
        return self.folder / "register.db"

    def ssh(self, *options: str, command: str = "") -> list[str]:
        quiet = ("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-q")
        way = ("-F", "none", "-p", str(self.port), "-i", str(self.folder / "own"))
        who = f"{ME}@127.0.0.1"
        return ["ssh", *quiet, "-o", "BatchMode=yes", *way, *options, who, *filter(None, [command])]

    def come_in(self, name: str) -> pexpect.spawn:
        """Log in as one who asks for something else, and unlock the register."""
        program, *arguments = self.ssh("-tt", command="id; cat /etc/passwd")
        child = pexpect.spawn(
            program,
            arguments,
            env={**os.environ, "TERM": "xterm-256color"},
            encoding="utf-8",
            dimensions=(30, 100),
            timeout=PATIENCE,
        )
        child.expect_exact("tryck Enter:")
        child.send(f"{PASSPHRASES[name]}\r")
        child.expect_exact("att göra")
        return child


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    folder.chmod(0o700)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = Server(port, folder)
    _fill(served.register)
    for name in ("host", "own"):
        made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(made, check=True)
    (folder / ME).write_bytes((folder / "own.pub").read_bytes())
    settings = OWN.format(port=port, folder=folder) + _as_the_page_has_it(served)
    (folder / "sshd_config").write_text(settings)
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd's own, made as it is booted
    assert SSHD is not None
    arguments = [SSHD, "-D", "-e", "-f", str(folder / "sshd_config")]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as daemon:
        assert daemon.stderr is not None
        line = daemon.stderr.readline()
        if "listening on" not in line:
            pytest.skip(f"sshd does not start: {line}")
        yield served
        daemon.terminate()


def _as_the_page_has_it(served: Server) -> str:
    """Return the page's settings, with this computer's user, program and files in their places."""
    (settings,) = re.findall(r"```sshd\n(.*?)```", handbook.page("server"), re.DOTALL)
    path, python = shlex.quote(f"PYTHONPATH={PROJECT}"), shlex.quote(sys.executable)
    program = f"/usr/bin/env {path} {python} -m finsam_tui"
    for ours, theirs in (
        ("User finsam", f"User {ME}"),
        ("/usr/local/bin/finsam", program),
        ("/srv/finsam/register.db", str(served.register)),
        ("/etc/ssh/finsam_keys", str(served.folder)),
    ):
        assert settings.count(ours) == 1
        settings = settings.replace(ours, theirs)
    return str(settings)


def _fill(path: Path) -> None:
    ring = keys.Ring.new()
    ring.add_recovery()
    for name, passphrase in PASSPHRASES.items():
        ring.add_person(name, passphrase, CHEAP)
    with opening.create_register(path, ring, "anna") as register:
        rows = Rows(register)
        rows.association()
        rows.change("staff", "C1", slot="anna")
        rows.change("staff", "C2", slot="bo")
        rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")


def test_two_at_once_in_the_same_register(server: Server) -> None:
    anna, bo = server.come_in("anna"), server.come_in("bo")
    for child in (anna, bo):
        child.send("\x1bOR")  # F3
        child.expect_exact("Ek, Eva")
        child.send("\r")
        child.expect_exact("Anteckna")
        child.send("r")
        child.expect_exact("Förnamn")
    anna.send("\r\r\x15Evelina\x13")  # on to the first name, another one, Ctrl+S
    anna.expect_exact("sparat")
    bo.send("\r\r\x15Elin\x13")
    bo.expect_exact("ändrades av anna")
    for child in (anna, bo):
        child.close(force=True)
    unlocked = keys.unlock_passphrase(server.register, PASSPHRASES["anna"])
    with opening.open_register(server.register, unlocked) as register:
        (row,) = register.sql("SELECT first_name, version FROM participant").fetchall()
        opened = register.sql("SELECT DISTINCT user FROM access ORDER BY user").fetchall()
    assert tuple(row) == ("Evelina", 2)
    assert [user for (user,) in opened] == ["anna", "bo"]


def test_a_line_that_drops_ends_the_program_on_the_server_and_keeps_the_draft(
    server: Server,
) -> None:
    child = server.come_in("bo")
    child.send("\x1bOQ")
    child.expect_exact("Ny aktualisering: vem")
    child.send("\x0e")
    child.expect_exact("Deltagare")
    child.send("\r\rhalvskrivet")
    child.expect_exact("halvskrivet")
    assert _programs(server) == 1
    os.kill(child.pid, 9)
    child.wait()
    while _programs(server):  # until sshd has noticed
        os.sched_yield()
    unlocked = keys.unlock_passphrase(server.register, PASSPHRASES["bo"])
    with opening.open_register(server.register, unlocked) as register:
        draft = drafts.find(register, Target("participant"))
    assert draft is not None
    assert "halvskrivet" in draft.raws.values()


def _programs(server: Server) -> int:
    """Return how many programs have the server's register on their command line."""
    found = 0
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = file.read_bytes().split(b"\0")
        except OSError:
            continue
        found += b"finsam_tui" in words and str(server.register).encode() in words
    return found


@pytest.mark.parametrize(("options", "command"), [((), "id"), (("-s",), "sftp"), (("-T",), "")])
def test_there_is_nothing_else_on_the_server(
    server: Server, options: tuple[str, ...], command: str
) -> None:
    done = subprocess.run(
        server.ssh(*options, command=command),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout) == (2, "")
    if command != "sftp":  # which passes on no such words
        assert done.stderr.startswith("finsam: ingen terminal att visa registret i")


def test_no_port_is_passed_on(server: Server) -> None:
    done = subprocess.run(
        server.ssh("-W", "127.0.0.1:22"),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
    )
    assert done.returncode != 0
    assert done.stdout == ""

"""The command line: exit statuses, one line of Swedish on stderr, and nothing about people."""

from __future__ import annotations

import subprocess
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui import __version__, errors
from finsam_tui.cli import main
from finsam_tui.commands import COMMANDS, OPTIONS
from tests.conftest import PROJECT
from tests.probe import in_process

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from tests.conftest import RunFinsam

    Probe = Callable[[Callable[[argparse.Namespace], int]], None]

FULL = Path("/dev/full")
SECRET = "19121212-1212"


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> Probe:
    """Add the command `prov`, with one of every kind of option, and `verb`, with verbs."""

    def configure(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--year", type=int)
        parser.add_argument("--format", choices=["text", "json"])
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("path", nargs="*")

    def configure_verbs(parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(metavar="VERB", required=True)
        verbs.add_parser("add").add_argument("name")
        verbs.add_parser("list")

    def add(run: Callable[[argparse.Namespace], int]) -> None:
        for name, options in (("prov", configure), ("verb", configure_verbs)):
            module = types.ModuleType(name)
            vars(module).update(configure=options, run=run)
            monkeypatch.setitem(sys.modules, f"finsam_tui.commands.{name}", module)
            monkeypatch.setitem(COMMANDS, name, (name, "prövar"))

    return add


def one_line(text: str) -> str:
    """Return the one line that `text` is to be."""
    assert text.startswith("finsam: ")
    assert text.count("\n") == 1
    assert text.endswith("\n")
    return text.removeprefix("finsam: ").rstrip("\n")


def test_version(run_finsam: RunFinsam) -> None:
    done = run_finsam("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"finsam {__version__}\n", "")


def test_help_names_every_command_and_every_global_option(run_finsam: RunFinsam) -> None:
    done = run_finsam("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("användning: finsam")
    for word in [*COMMANDS, *(flag for flag, _, _ in OPTIONS)]:
        assert word in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_loaded_and_has_a_help_page_in_swedish(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*([name] if name else []), "--verbose", "--help"]) == 0
    page = capsys.readouterr().out
    assert page.startswith(f"användning: finsam {name}".strip())
    assert COMMANDS[name][1] in " ".join(page.split())
    for english in ("usage", "options:", "arguments:", "show this"):
        assert english not in page


@pytest.mark.parametrize(
    "line", ["prov --db R --verbose", "--db R prov --verbose", "--verbose prov --db=R"]
)
def test_global_options_go_before_or_after_the_command(probe: Probe, line: str) -> None:
    seen: list[argparse.Namespace] = []

    def run(args: argparse.Namespace) -> int:
        seen.append(args)
        return 0

    probe(run)
    assert main([*line.split(), "--year", "2024", "a", "b"]) == 0
    args = seen[0]
    assert (args.db, args.verbose, args.key_file, args.config) == ("R", True, None, None)
    assert (args.year, args.dry_run, args.path) == (2024, False, ["a", "b"])


def test_global_options_go_after_the_verb_of_a_command_too(probe: Probe) -> None:
    probe(lambda args: 0 if (args.name, args.db) == ("Kim", "R") else 1)
    assert main(["verb", "add", "Kim", "--db", "R"]) == 0


@pytest.mark.parametrize("status", [0, 1])
def test_the_status_of_a_command_is_the_status_of_finsam(probe: Probe, status: int) -> None:
    probe(lambda _: status)
    assert main(["prov"]) == status


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--finns-inte", "okänd flagga --finns-inte; se finsam --help."),
        ("proov", "okänt kommando ”proov”; menade du prov? finsam --help visar vilka som finns."),
        (SECRET, "okänt kommando; finsam --help visar vilka som finns."),
        ("--db", "--db behöver ett värde; se finsam --help."),
        ("prov --finns-inte", "okänd flagga --finns-inte; se finsam prov --help."),
        ("prov --yea 2024", "okänd flagga --yea; se finsam prov --help."),
        ("prov --year", "--year behöver ett värde; se finsam prov --help."),
        (f"prov --year {SECRET}", "--year ska vara ett heltal; se finsam prov --help."),
        (f"prov --format {SECRET}", "--format ska vara text eller json; se finsam prov --help."),
        (f"prov --dry-run={SECRET}", "--dry-run tar inget värde; se finsam prov --help."),
        ("verb", "VERB saknas; se finsam verb --help."),
        ("verb ad", "VERB ska vara add eller list; se finsam verb --help."),
        ("verb add", "name saknas; se finsam verb add --help."),
        (f"verb list {SECRET}", "för många uppgifter; se finsam verb --help."),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_to_do(
    probe: Probe, capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    probe(lambda _: 0)
    assert main(line.split()) == 2
    assert one_line(capsys.readouterr().err) == message


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.FinsamError, 1),
        (errors.UsageError, 2),
        (errors.InputError, 3),
        (errors.WrongKey, 4),
        (errors.NewerSchema, 4),
        (errors.CopyError, 5),
    ],
)
def test_an_expected_error_is_one_line_and_its_own_status(
    probe: Probe,
    capsys: pytest.CaptureFixture[str],
    error: type[errors.FinsamError],
    status: int,
) -> None:
    def run(_: argparse.Namespace) -> int:
        raise error("Kolumnen är tom\x1b]0;x\x07; fyll i den.")

    probe(run)
    assert main(["prov"]) == status
    assert one_line(capsys.readouterr().err) == "Kolumnen är tom\ufffd]0;x\ufffd; fyll i den."


def fault(_: argparse.Namespace) -> int:
    raise LookupError(SECRET)


def test_a_fault_in_the_program_is_an_id_without_a_traceback_or_a_value(
    probe: Probe, capsys: pytest.CaptureFixture[str]
) -> None:
    probe(fault)
    assert main(["prov"]) == 70
    line = one_line(capsys.readouterr().err)
    assert line.startswith("fel ")
    assert SECRET not in line
    assert "LookupError" not in line
    assert main(["prov"]) == 70
    assert one_line(capsys.readouterr().err) == line  # the same fault, the same id


def test_verbose_adds_the_type_and_the_place_and_never_the_value(
    probe: Probe, capsys: pytest.CaptureFixture[str]
) -> None:
    probe(fault)
    assert main(["prov", "--verbose"]) == 70
    line = one_line(capsys.readouterr().err)
    assert "[LookupError i finsam_tui.cli:" in line
    assert SECRET not in line


def test_a_file_that_cannot_be_read_is_no_fault_of_the_program(
    probe: Probe, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(_: argparse.Namespace) -> int:
        return len(Path("/finns/inte").read_bytes())

    probe(run)
    assert main(["prov"]) == 5
    expected = "filen /finns/inte gick inte att läsa eller skriva: den finns inte."
    assert one_line(capsys.readouterr().err).startswith(expected)


@pytest.mark.parametrize(
    "body",
    [
        "import threading; t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()",
        "import atexit; atexit.register(lambda: 1 / 0)",
        "sys.kept = type('T', (), {'__del__': lambda self: 1 / 0})(); del sys.kept",
    ],
    ids=["thread", "exit", "destructor"],
)
def test_no_traceback_leaves_by_another_door(body: str) -> None:
    done = subprocess.run(
        in_process(body), cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert one_line(done.stderr).startswith("fel ")


def test_a_reader_that_goes_away_is_met_with_silence() -> None:
    body = "[print('rad', n) for n in range(100_000)]"
    with subprocess.Popen(
        in_process(body), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not FULL.exists(), reason="macOS has no /dev/full")
@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_a_full_disk_is_said_and_ends_with_5(arguments: list[str]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "finsam_tui", *arguments],
            cwd=PROJECT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 5
    assert "disken är full" in one_line(done.stderr)


def test_ctrl_c_in_a_terminal_ends_with_130_and_one_line() -> None:
    program, *arguments = in_process("print('väntar', flush=True); sys.stdin.read()")
    terminal = pexpect.spawn(program, arguments, cwd=str(PROJECT), encoding="utf-8", timeout=30)
    terminal.expect("väntar")
    terminal.sendintr()
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert "avbrutet; inget halvgjort sparades." in terminal.before
    assert "Traceback" not in terminal.before
    assert terminal.exitstatus == 130


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("words", "status"), [("rapport --list", 0), ("init", 2)])
def test_a_stream_that_the_caller_closed_is_no_fault(
    tmp_path: Path, closed: str, words: str, status: int
) -> None:
    finsam = f'exec "$0" -m finsam_tui {words} --db "$1" {closed}'
    command = ["sh", "-c", finsam, sys.executable, str(tmp_path / "finns-inte.db")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == status

"""Whatever fails, in whichever command and thread, says nothing of whom it was about."""

from __future__ import annotations

import importlib
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from finsam_tui import cli
from finsam_tui.commands import COMMANDS

if TYPE_CHECKING:
    import argparse

WHO = "Eva Ek 19900517"


class Dropped:
    """Something that fails as it is thrown away, where Python can only tell, not raise."""

    def __init__(self, who: str) -> None:
        self.who = who

    def __del__(self) -> None:
        raise ValueError(self.who)


def in_the_command(_: argparse.Namespace) -> int:
    raise ValueError(WHO)


def in_a_thread(_: argparse.Namespace) -> int:
    def work() -> None:
        raise ValueError(WHO)

    thread = threading.Thread(target=work, name=WHO)
    thread.start()
    thread.join()
    return 0


def in_what_is_dropped(_: argparse.Namespace) -> int:
    Dropped(WHO)
    return 0


def deep_down(_: argparse.Namespace) -> int:
    raise ExceptionGroup(WHO, [ValueError(WHO)]) from KeyError(WHO)


WAYS = [in_the_command, in_a_thread, in_what_is_dropped, deep_down]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("verbose", [[], ["--verbose"]], ids=["", "verbose"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_fault_names_nobody(
    name: str,
    verbose: list[str],
    way: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    module = importlib.import_module(f"finsam_tui.commands.{COMMANDS[name][0]}")
    monkeypatch.setattr(module, "run", way)
    monkeypatch.setattr(module, "configure", lambda _: None)
    cli.main([*filter(None, [name]), *verbose])
    said = capsys.readouterr()
    assert said.out == ""
    assert "i programmet, inget halvgjort sparades" in said.err
    assert len(said.err.splitlines()) == 1
    assert not any(word in said.err for word in (*WHO.split(), "Traceback"))


@pytest.mark.parametrize("verbose", [[], ["--verbose"]], ids=["", "verbose"])
def test_the_hook_names_nobody_either(
    verbose: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("finsam_tui.commands.kontroll")
    monkeypatch.setattr(module, "run", lambda _: 0)
    cli.main(["kontroll", *verbose])
    error = ValueError(WHO)
    sys.excepthook(ValueError, error, None)
    said = capsys.readouterr().err
    assert "i programmet" in said
    assert "Eva" not in said

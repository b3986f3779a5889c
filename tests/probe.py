"""A command made up for a test, run in a process of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# A process whose finsam has one more command, `prov`, doing what is put in for BODY.
PROCESS = """
import sys, types
from finsam_tui.cli import main
from finsam_tui.commands import COMMANDS
def run(args):
    BODY
prov = types.ModuleType("prov")
prov.configure, prov.run = lambda parser: None, run
sys.modules["finsam_tui.commands.prov"] = prov
COMMANDS["prov"] = ("prov", "prövar")
sys.exit(main(["prov", *sys.argv[1:]]))
"""


def in_process(body: str, *arguments: str | Path) -> list[str]:
    """Return the argv of a process that runs the statements `body` as a command of finsam."""
    return [sys.executable, "-c", PROCESS.replace("BODY", body), *map(str, arguments)]

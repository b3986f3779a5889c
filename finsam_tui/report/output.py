"""Puts a report where it can be kept: in a private file, whole or not at all, or on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.errors import FinsamError
from finsam_tui.report.render.plain import render_pages
from finsam_tui.storage.files import replace_private

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.report.model import Report
    from finsam_tui.report.render.formats import Format

PLAINTEXT = "Filen är inte krypterad; lämna den inte kvar i onödan."
PRINTER = "lp"
_PATIENCE = 30  # seconds for the printer's program to take the text


def write(report: Report, path: Path, form: Format) -> None:
    """Write the report to `path`, its owner's alone, in the place of any file; raises CopyError."""
    replace_private(path, form.content(report))


def has_printer() -> bool:
    """Return whether there is a program to print with."""
    import shutil

    return shutil.which(PRINTER) is not None


def print_out(report: Report) -> None:
    """Send the report to the usual printer; raises FinsamError."""
    import subprocess

    text = render_pages(report).encode()
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, and nothing of the report in it
            [PRINTER], input=text, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done is None or done.returncode:
        raise FinsamError("skrivaren tog inte emot rapporten; pröva lp i en terminal.")

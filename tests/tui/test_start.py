"""The first list waits for nothing that it does not show."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import PROJECT

LATER = {
    "sqlite_utils",
    "tomllib",
    "finsam_tui.forms.catalogue",
    "finsam_tui.tui.commands",
    "finsam_tui.tui.flows",
    "finsam_tui.tui.screens.form",
    "finsam_tui.tui.screens.person",
    "textual.widgets._data_table",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
}


def test_the_work_list_loads_no_form_and_no_heavy_widget() -> None:
    code = (
        "import sys, finsam_tui.tui.app, finsam_tui.tui.screens.today;"
        "print(*sys.modules, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "finsam_tui.storage.today" in loaded
    assert not loaded & LATER

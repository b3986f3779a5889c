"""The file that a report is saved in from the Rapport screen: its name, and the sort that it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError
from finsam_tui.report.render.formats import DEFAULT, FORMATS, by_suffix
from finsam_tui.storage.access_log import Opened, log_access

if TYPE_CHECKING:
    from finsam_tui.report.render.formats import Format
    from finsam_tui.storage.register import Register
    from finsam_tui.tui.widgets.report_about import Asked

ENDINGS = " ".join(form.suffix for form in FORMATS.values())
# What a report is saved as unless another ending is typed; the year's is a draft to go on with.
_SAVED_AS = {"arsrapport": "docx"}


def suggested(asked: Asked) -> str:
    """Return the name that is offered; what is for those outside is told from what is not."""
    suffix = FORMATS[_SAVED_AS.get(asked.id, DEFAULT)].suffix
    whose = "-utåt" if asked.outside else ""
    return f"~/{asked.id}-{asked.period.first}-{asked.period.last}{whose}{suffix}"


def chosen(text: str) -> tuple[Path, Format]:
    """Return the new file that is meant and what is written in it; raises InputError."""
    path = Path(text).expanduser().absolute()
    if path.exists():
        raise InputError(f"{path} finns redan; välj ett annat namn.")
    name = by_suffix(path.suffix)
    if name is None:
        raise InputError(f"{path.suffix} är ingen sort som en rapport sparas i; välj {ENDINGS}.")
    return path, FORMATS[name]


def note(register: Register, kind: Opened, asked: Asked) -> None:
    """Note in the access log that a report leaves the register: saved or printed."""
    period = asked.period
    log_access(register, kind, detail=f"{asked.id} {period.first}–{period.last}")

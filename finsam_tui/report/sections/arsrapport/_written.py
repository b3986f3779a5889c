"""What a programme says of itself, where nobody has written of it for the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Passage
from finsam_tui.report.sections._common import texts

if TYPE_CHECKING:
    from finsam_tui.report.scope import Record, Rows, Scope

# Part → the columns of a programme that tell of it, and what they are called.
_OWN = {
    "purpose": {"purpose": "syfte", "goal": "mål"},
    "target_group": {"target_group": "målgrupp"},
}


def of_main(rows: Rows, part: str) -> tuple[Passage, ...]:
    """Return what the programme that the report is about says of itself in a part."""
    return tuple(
        passage
        for programme in rows["report_arsrapport_programmes"]
        if programme["main"]
        for passage in _own(programme, part)
    )


def of_project(rows: Rows, scope: Scope, programme: Record, *parts: str) -> tuple[Passage, ...]:
    """Return the year's texts of a programme's parts, each headed by its name; else its own."""
    name = programme["name"]
    found: list[Passage] = []
    for part in parts:
        written, _ = texts(rows, scope, part, programme=programme["id"])
        headed = [passage._replace(title=f"{name}: {passage.title.lower()}") for passage in written]
        found += headed or _own(programme, part)
    return tuple(found)


def _own(programme: Record, part: str) -> list[Passage]:
    return [
        Passage(part, f"{programme['name']}: {title}", programme[column])
        for column, title in _OWN.get(part, {}).items()
        if programme[column]
    ]

"""Writing the texts of a report from the Rapport screen: which, and the form of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError
from finsam_tui.report import catalogue
from finsam_tui.storage import report_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report import Report
    from finsam_tui.tui.app import FinsamApp


def parts(report_id: str, made: Report | None, hand: int) -> Sequence[str]:
    """Return the codes of the texts of the section in hand; none of the whole report (0)."""
    if made is None or made.id != report_id or not hand:
        return ()
    return catalogue.parts(report_id, made.sections[hand - 1].id)


def choice(codes: Codes, parts: Sequence[str]) -> str:
    """Return the question which text it is to be."""
    labels = (codes.label("report_part", part) for part in parts)
    return "Vilken text? " + "  ".join(f"{n} {label}" for n, label in enumerate(labels, 1))


def chosen(parts: Sequence[str], text: str) -> str:
    """Return the text of that number; raises FieldError."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:3]) <= len(parts)):
        raise FieldError(f"Skriv ett nummer från 1 till {len(parts)}.")
    return parts[int(text) - 1]


def write(app: FinsamApp, part: str, year: int, programme: str) -> None:
    """Open the form of a text, begun from this year's or the latest earlier one."""
    begun = report_texts.begin(app.register, part, year, programme)
    raws = None
    if not begun.target.record_id:
        raws = {
            "programme": app.codes.label("programme", programme) if programme else "",
            "year": str(year),
            "part": app.codes.label("report_part", part),
            "text": begun.text,
        }
    app.open_form(begun.target, raws=raws, field="text")
    if begun.year not in (None, year):
        app.tell(f"Texten börjar från den för {begun.year}; ändra den och spara.")

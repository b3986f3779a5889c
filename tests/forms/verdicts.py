"""Raw answers for every field of every form, and the verdict on each: what all doors are held to.

`verdicts(form, field)` yields (raw, value or refusal). The expected words come from `Field.parse`
alone; the tests ask the prompts, the TUI, the import and the table the same question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError
from finsam_tui.forms import catalogue
from finsam_tui.forms.codes import Code, Codes, default_codes
from finsam_tui.forms.field import Context, Field, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2024, 3, 15)
NOW = datetime(2024, 3, 15, 10, 0)

# Lists that a register fills from its own tables.
OWN_LISTS = (
    Code("programme", "SAM", "Samordningsteamet"),
    Code("staff", "C1", "Coach Ett"),
    Code("municipality", "1881", "Kumla"),
)
CODES = Codes([*default_codes(), *OWN_LISTS])
CONTEXT = Context(CODES, TODAY, NOW)

_BY_KIND = {
    "text": ["Åsa", "x" * 2500, "a\x1b[31mb", "a\x00b", "\u202eabc", "en\nrad"],
    "long_text": ["Stabil närvaro\npå två rader", "x" * 10_001, "a\x07b", "a\u2066b"],
    "phone": ["070-174 06 05", "+46 70 174 06 05", "12", "ring mig", "0" * 30],
    "date": [
        *("2024-03-15", "i", "15/3", "2023-02-29", "2023-13-01", "1899-12-31", "31/4"),
        "igår kväll",
    ],
    "moment": [
        *("2024-03-15 14:30", "14:30", "+1 9", "25:00", "2024-02-30 10:00", "2024-13-01T10:00"),
        "snart",
    ],
    "integer": ["1", "5", "0", "-1", "6", "37", "121", "1000", "2024", "6001", "2,5", "två"],
    "decimal": ["7,4", "7.4", "74", "0", "10,1", "41", "201", "-0,5", "7,456", "1e3", "nan"],
    "yes_no": ["ja", "nej", "J", "n", "1", "kanske", "2"],
    "choice": ["finns inte", "ÅÄÖ"],
    "choices": ["finns inte"],
    "extents": ["studier:50 | ingen", "studier:0", "studier:101", "studier:halv", "finns inte:50"],
    "personal_id": [
        *("19920717-9871", "920717-9871", "199207179871", "19920717-9872", "19921332-9871"),
        *("19920777-9805", "1992", "personnummer"),
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """A raw answer with what became of it: a value, or the words of the refusal."""

    raw: str
    value: Value
    refusal: str | None


def verdicts(field: Field) -> Iterator[Verdict]:
    """Yield the verdict on every raw answer that is worth trying on a field."""
    for raw in [*_allowed(field), *_BY_KIND[field.kind]]:
        try:
            yield Verdict(raw, field.parse(raw, CONTEXT), None)
        except FieldError as error:
            yield Verdict(raw, None, str(error))


def _allowed(field: Field) -> list[str]:
    labels = [code.label for code in CODES.options(field.codes)]
    if field.kind == "choice":
        return labels
    return [labels[0], " | ".join(labels)] if field.kind in ("choices", "extents") else []


def every_field() -> list[tuple[str, Field]]:
    """Return (form id, field) for all forms, in order."""
    return [(name, field) for name in catalogue.names() for field in catalogue.form(name).fields]

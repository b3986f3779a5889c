"""One verdict, in the same words, at every door: the form on screen, and a cell of a file.

The prompts are held to the same battery in tests/prompts, the tables in tests/storage/test_schema.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import FieldError
from finsam_tui.exchange.cells import Reader, Refusal
from finsam_tui.exchange.tables import Column, tables
from finsam_tui.forms.form import Form, Part
from finsam_tui.text import clean
from finsam_tui.tui.widgets.form_state import FormState
from tests.forms.verdicts import CONTEXT, every_field, verdicts

if TYPE_CHECKING:
    from finsam_tui.forms.field import Field, Value

FIELDS = every_field()
PICKED = (
    "choice",
    "choices",
    "extents",
    "yes_no",
)  # where single keys pick: whole answers are pasted
LONG = 100  # what nobody types


def alone(field: Field) -> Form:
    """Return a form that asks one question and nothing else."""
    asked = replace(field, when={}, parent="", required=False, default="")
    return Form("alone", "Ett fält", "", (Part("t", (asked,)),), (asked,))


def on_screen(field: Field, raw: str) -> tuple[Value, str | None]:
    """Type an answer into its field, press Enter, and return what is stored or refused."""
    state = FormState(alone(field), CONTEXT, {})
    one_key = field.kind in PICKED or (field.kind == "integer" and field.maximum == 5)
    if not one_key and raw.isprintable() and len(raw) < LONG:
        for character in raw:
            state.press(character, character)
    else:
        state.paste(raw)
    refused = state.answers.faults.get(field.name)
    if refused:  # what may not be pasted never reaches the field
        return None, refused
    state.press("enter")
    state.leave()  # several values may still be in hand
    refused = state.answers.faults.get(field.name)
    return state.answers.values[field.name], refused


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=[f"{n}.{f.name}" for n, f in FIELDS])
def test_the_form_on_screen_gives_the_verdict_of_the_field(form: str, field: Field) -> None:
    for verdict in verdicts(field):
        if field.kind in PICKED and verdict.raw.isdecimal():
            continue  # there a number picks an option, it is no answer
        value, refusal = on_screen(field, verdict.raw)
        assert (value, refusal) == (verdict.value, verdict.refusal), (form, verdict.raw[:40])


COLUMNS = [
    (table.name, column)
    for table in tables()
    for column in table.columns
    if any(column.field == field for _, field in FIELDS)
]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{n}.{c.heading}" for n, c in COLUMNS])
def test_a_cell_of_a_file_gives_the_verdict_of_the_field(table: str, column: Column) -> None:
    reader = Reader(column, CONTEXT)
    for verdict in verdicts(column.field):
        (read,) = reader.read([verdict.raw])
        if verdict.refusal is None:
            assert read == verdict.value, (table, verdict.raw[:40])
        else:
            assert read == Refusal(verdict.refusal), (table, verdict.raw[:40])


def test_the_battery_reaches_most_of_the_exchange_format() -> None:
    names = {field.import_name for _, field in FIELDS if field.import_name}
    reached = {column.heading for _, column in COLUMNS}
    assert len(reached) > 0.9 * len(names), sorted(names - reached)


def test_what_is_refused_on_pasting_is_refused_in_the_words_of_clean() -> None:
    with pytest.raises(FieldError) as refused:
        clean("a\x1b[31mb")
    note = next(field for name, field in FIELDS if (name, field.name) == ("note", "text"))
    assert on_screen(note, "a\x1b[31mb") == (None, str(refused.value))

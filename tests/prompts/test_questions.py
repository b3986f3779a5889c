"""Every field by prompts: the verdict and the words of `Field.parse`, and nothing of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from finsam_tui.forms.field import KINDS
from finsam_tui.forms.form import Form, Part
from finsam_tui.prompts import questions
from finsam_tui.prompts.form import Walk
from tests.forms.verdicts import CODES, CONTEXT, Verdict, every_field, verdicts
from tests.prompts.talk import Script, edited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.forms.field import Field, Value
    from finsam_tui.prompts.lines import Lines

FIELDS = every_field()
NAMES = [f"{form}.{field.name}" for form, field in FIELDS]


def bare(field: Field) -> Field:
    """Return a field that is asked for whatever else it depends on."""
    return replace(field, when={}, parent="", default="", required=False)


def alone(field: Field) -> Form:
    """Return a form of one field."""
    asked = (bare(field),)
    return Form("test", "Prov", "", (Part("test", asked),), asked)


def unlike() -> dict[str, Field]:
    """Return one of all fields that are the same but for their names and words."""
    kinds: dict[str, tuple[str, Field]] = {}
    for name, (_, field) in zip(NAMES, FIELDS, strict=True):
        kind = replace(bare(field), name="", label="", help="", import_name="")
        kinds.setdefault(repr(kind), (name, field))
    return dict(kinds.values())


def answered(lines: Lines, field: Field) -> Value:
    """Return the value that the prompts make of the answers, once one is taken."""
    values = Walk(lines, alone(field), CONTEXT).values()
    assert values is not None
    return values[field.name]


def refusals(told: str) -> list[str]:
    return [line.partition("! ")[2] for line in told.splitlines() if "! " in line]


def battery(field: Field) -> tuple[list[Verdict], Verdict]:
    """Return the answers that are refused, and one that is taken and ends the conversation."""
    tried = list(verdicts(field))
    taken = next(v for v in tried if v.refusal is None and v.value is not None)
    return [v for v in tried if v.refusal], taken


def typed(raw: str) -> Iterator[str]:
    """Yield the lines in which an answer is typed: more than one where it has line breaks."""
    *first, last = raw.split("\n")
    yield from (f"{line}\\" for line in first)
    yield last


def test_every_kind_has_its_question() -> None:
    assert set(questions.BUILDERS) == set(KINDS)


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=NAMES)
def test_what_is_taken_means_the_same(form: str, field: Field) -> None:
    for verdict in verdicts(field):
        if verdict.refusal is not None or ("\n" in verdict.raw and field.kind != "long_text"):
            continue
        script = Script(*typed(verdict.raw), "")
        assert answered(script, field) == verdict.value, form
        assert refusals(script.said) == []


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=NAMES)
def test_what_is_refused_is_refused_in_the_same_words(form: str, field: Field) -> None:
    refused, taken = battery(field)
    refused = [v for v in refused if "\n" not in v.raw]  # a line break ends a plain answer
    script = Script(*(v.raw for v in refused), *typed(taken.raw), "")
    assert answered(script, field) == taken.value, form
    assert refusals(script.said) == [v.refusal for v in refused]


@pytest.mark.parametrize(("name", "field"), unlike().items(), ids=unlike())
def test_the_edited_line_gives_the_same_verdicts(name: str, field: Field) -> None:
    refused, taken = battery(field)
    with edited(*(v.raw for v in refused), taken.raw, "") as (lines, told):
        assert answered(lines, field) == taken.value, name
        assert refusals(told.getvalue()) == [v.refusal for v in refused]


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=NAMES)
def test_every_answer_that_is_offered_can_be_given_by_its_number(form: str, field: Field) -> None:
    for option in questions.ask(field, CODES).offered:
        by_number = questions.ask(field, CODES).read(option.number or option.label)
        assert field.parse(by_number, CONTEXT) == field.parse(option.raw, CONTEXT), form


@pytest.mark.parametrize(
    "field", [f for _, f in FIELDS if f.kind == "choices"], ids=lambda f: f.name
)
def test_two_answers_can_be_given_as_the_help_has_them(field: Field) -> None:
    question = questions.ask(field, CODES)
    typed = question.how.removeprefix("Flera kan väljas: ").partition(",")[0]
    assert len(question.read(typed).split("|")) == 2
    assert field.parse(question.read(typed), CONTEXT)

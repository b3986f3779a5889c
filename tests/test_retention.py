"""How long things are kept: what is typed to choose it, and the day that follows."""

from __future__ import annotations

from datetime import date

import pytest

from finsam_tui.domain import retention
from finsam_tui.domain.retention import RULES
from finsam_tui.errors import FieldError
from tests.conftest import PROJECT


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("deltagare=60", "person", "60"),
        ("ej-start=1", "unstarted", "1"),
        ("svar=600", "answers", "600"),
        ("svar=0", "answers", "0"),
        ("utkast=aldrig", "draft", "aldrig"),
    ],
)
def test_a_choice_is_a_kind_and_its_months(text: str, kind: str, value: str) -> None:
    rule, chosen = retention.parse(text)
    assert (rule.kind, chosen) == (kind, value)


@pytest.mark.parametrize(
    "text", ["", "deltagare", "deltagare=", "deltagare=0", "svar=601", "svar=-1", "svar=²", "x=12"]
)
def test_what_is_no_choice_is_refused(text: str) -> None:
    with pytest.raises(FieldError):
        retention.parse(text)


def test_the_associations_own_choice_goes_before_the_usual() -> None:
    person = RULES[0]
    assert retention.months(person, {}) == 60
    assert retention.months(person, {"retention_person": "84"}) == 84
    assert retention.months(person, {"retention_person": "aldrig"}) is None
    assert retention.months(person, {"retention_answers": "1"}) == 60


def test_months_are_counted_to_the_day() -> None:
    assert retention.cutoff(date(2024, 2, 29), 12) == date(2023, 2, 28)
    assert retention.cutoff(date(2024, 3, 31), 1) == date(2024, 2, 29)


def test_what_is_not_kept_is_due_whatever_its_day() -> None:
    assert retention.cutoff(date(2024, 3, 31), 0) > date(2100, 12, 31)


def test_the_handbook_tells_how_long() -> None:
    page = (PROJECT / "finsam_tui/tui/help/sparning.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| `{rule.name}` | {rule.months} månader efter" in page

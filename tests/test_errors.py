"""Errors carry what the front ends need."""

from __future__ import annotations

import pytest

from finsam_tui import errors


def test_a_refused_value_is_a_value_error_and_never_ends_a_command() -> None:
    assert issubclass(errors.FieldError, ValueError)
    assert not issubclass(errors.FieldError, errors.FinsamError)


@pytest.mark.parametrize("kind", errors.RegisterError.__subclasses__())
def test_every_register_that_does_not_open_ends_with_4(kind: type[errors.RegisterError]) -> None:
    assert kind.exit_code == 4


def test_a_conflict_brings_what_the_other_one_wrote() -> None:
    conflict = errors.Conflict(
        "Någon annan har ändrat.",
        table="plan",
        id=7,
        theirs={"goal": "praktik"},
        by="coach",
        at="2024-03-15T14:30:00Z",
    )
    assert (str(conflict), conflict.exit_code) == ("Någon annan har ändrat.", 3)
    assert (conflict.table, conflict.id, conflict.by) == ("plan", 7, "coach")
    assert conflict.theirs["goal"] == "praktik"

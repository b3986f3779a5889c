"""The violence screening: what follows from its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

YES = "yes"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a screening found; both figures are told, as reports differ in what they count.

    `exposed`: yes on a question of having been exposed. `any_yes`: yes on any question.
    `kinds`: the keys of the questions of exposure answered with yes, in the order of the form.
    """

    exposed: bool
    any_yes: bool
    kinds: tuple[str, ...]


def derive(answers: Mapping[str, str], exposed: Collection[str]) -> Finding:
    """Return what `answers` (item key → yes, no, no_answer) amount to.

    `exposed` are the keys of the questions of having been exposed. Not answering is not a yes.
    """
    kinds = tuple(key for key, answer in answers.items() if key in exposed and answer == YES)
    return Finding(bool(kinds), YES in answers.values(), kinds)

"""What the answers of a violence screening amount to."""

from __future__ import annotations

from finsam_tui.domain.screening import Finding, derive

EXPOSED = frozenset({"1", "2", "3"})


def answered(text: str) -> dict[str, str]:
    """Return the answers 1, 2, … written as y, n and - (will not answer)."""
    words = {"y": "yes", "n": "no", "-": "no_answer"}
    return {str(item): words[letter] for item, letter in enumerate(text, start=1)}


def test_yes_on_a_question_of_exposure_is_exposed_and_tells_the_kinds() -> None:
    assert derive(answered("ynynnny"), EXPOSED) == Finding(
        exposed=True, any_yes=True, kinds=("1", "3")
    )


def test_having_exposed_or_witnessed_counts_in_the_other_figure_only() -> None:
    for text in ("nnnynnn", "nnnnnny"):
        assert derive(answered(text), EXPOSED) == Finding(exposed=False, any_yes=True, kinds=())


def test_not_answering_is_not_a_yes() -> None:
    for text in ("-------", "nnnnnnn", ""):
        assert derive(answered(text), EXPOSED) == Finding(exposed=False, any_yes=False, kinds=())

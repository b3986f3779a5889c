"""What finds a person: the beginning of a name, any part of a number."""

from __future__ import annotations

import pytest

from finsam_tui.domain import search

ASA = search.key("Lind-Berg", "Åsa Maria", "199207179871", "+46 70-174 06 07")


def finds(text: str, key: str) -> bool:
    """Match as SQL's LIKE does, on a key that has no wildcards of its own."""
    return all(pattern.strip("%") in key for pattern in search.patterns(text))


def test_a_key_is_the_name_as_sorted_and_folded_words_between_blanks() -> None:
    assert ASA == "lind!berg!{sa!maria lind berg asa maria 199207179871 0701740607 "


def test_keys_sort_as_the_swedish_alphabet_has_it() -> None:
    names = ["Al-Hamid", "Andrén", "Eriksson", "Zetterlund", "Åberg", "Ängström", "Öst"]
    assert sorted(names, key=lambda name: search.key(name, "Eva", "", "")) == names


@pytest.mark.parametrize(
    "text",
    [
        *("åsa", "ASA", "lind-berg", "berg lind", "maria berg å", "", "  ", "-", "%_"),
        *("19920717-9871", "920717-9871", "199207", "9871", "9871 åsa"),
        *("070-174 06 07", "0701740607", "+4670 174", "0046 70 174 06", "0607"),
    ],
)
def test_a_person_is_found_by_beginnings_of_names_and_parts_of_numbers(text: str) -> None:
    assert finds(text, ASA)


@pytest.mark.parametrize("text", ["sa", "ind", "åsa bergman", "åsa eva", "9872", "199207 9871"])
def test_every_word_must_be_there(text: str) -> None:
    assert not finds(text, ASA)


def test_the_longest_word_is_looked_for_first_and_there_are_not_too_many() -> None:
    assert search.patterns("eva bergman") == ["%bergman%", "% bergman%", "% eva%"]
    assert search.patterns(" ") == []
    assert len(search.patterns("a b c d e f g h")) == search.MOST_PATTERNS


def test_wildcards_in_what_is_typed_mean_nothing() -> None:
    assert search.patterns("500%_a") == ["%500%", "% a%"]


def test_who_is_hidden_has_a_key_without_name_or_number_that_sorts_last() -> None:
    protected, anonymous = (search.hidden_key(anonymous=a) for a in (False, True))
    assert finds("skydd", protected)
    assert finds("Anonym", anonymous)
    assert search.key("Öz", "Zz", "", "") < min(protected, anonymous)

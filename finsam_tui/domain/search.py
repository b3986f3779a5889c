"""Finding people: what of a person can be searched, and what somebody who searches has typed.

A key begins with the name as it is sorted, å, ä and ö last; then come its words between blanks, so
that "% eva%" finds a name's beginning and nothing inside one. Digits are found anywhere, for people
remember the last four of a number.
"""

from __future__ import annotations

import re
import unicodedata

from finsam_tui.text import fold

MOST_PATTERNS = 6  # of more words the shortest are not looked for

# The three last letters of the alphabet, as characters that sort after z.
_LAST_LETTERS = str.maketrans("åäæöø", "{||}}")

# Sort after every name, and are found by what lists show in place of the name.
_ANONYMOUS = "~ anonym "
_PROTECTED = "~ skyddad identitet "


def key(last_name: str, first_name: str, personal_id: str, phone: str) -> str:
    """Return what the filter of the list of people reads, and what the list is sorted by."""
    words = _words(f"{last_name} {first_name} {personal_id} {_local(phone)}")
    return f"{_sorted_as(f'{last_name} {first_name}')} {' '.join(words)} "


def hidden_key(*, anonymous: bool) -> str:
    """Return the key of somebody whose name no list shows: it tells no name and no number."""
    return _ANONYMOUS if anonymous else _PROTECTED


def patterns(text: str) -> list[str]:
    """Return the LIKE patterns that a key must match, every one; at most MOST_PATTERNS.

    The most telling comes first, so that a key which does not match is left at once; without the
    blank, for there are blanks all over a key, and each would be tried.
    """
    words = sorted(_words(_local(_joined(text))), key=len, reverse=True)
    found = [f"%{word}%" for word in words[:1]]
    found += [f"%{word}%" if word.isdecimal() else f"% {word}%" for word in words]
    return list(dict.fromkeys(found))[:MOST_PATTERNS]


def _sorted_as(name: str) -> str:
    """Return a name without blanks and digits, in letters that sort as the Swedish ones do."""
    letters = unicodedata.normalize("NFC", name).lower().translate(_LAST_LETTERS)
    return "!".join(re.findall(r"(?:[^\W\d_]|[{|}])+", fold(letters)))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _joined(text: str) -> str:
    """Return the text with numbers in one piece, however they are grouped: 070-123 45 67."""
    return re.sub(r"(?<=\d)[- ]+(?=\d)", "", text)


def _local(text: str) -> str:
    """Return the text with phone numbers as they are dialled in Sweden, without blanks."""
    return re.sub(r"(?<!\d)(?:\+|00)46[- ]*(?=\d)", "0", _joined(text))

"""The recovery code: 160 random bits as eight groups to print, read however they are typed.

A group is four characters of data and one of check, in Crockford's alphabet, which has no I, L, O
or U to be misread. The check is a sum over GF(32) that knows the group's place, so that a wrong
character, two that changed places and two groups that did are found, and the group is told.
"""

from __future__ import annotations

import os

from finsam_tui.errors import WrongKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 160
GROUPS = 8
_DATA = 4  # characters of data in a group
_SIZE = _DATA + 1
_READ_AS = str.maketrans("OIL", "011")
_OVERFLOW, _POLYNOMIAL = 0b100000, 0b100101  # x⁵ + x² + 1, primitive over GF(2)


def generate() -> str:
    """Return a new code, "XXXXX-XXXXX-…"."""
    return write(int.from_bytes(os.urandom(BITS // 8), "big"))


def write(number: int) -> str:
    """Return a number of 160 bits as a code."""
    groups = []
    for place in range(GROUPS):
        shift = 5 * _DATA * (GROUPS - 1 - place)
        values = [number >> shift + 5 * i & 31 for i in reversed(range(_DATA))]
        groups.append("".join(ALPHABET[v] for v in (*values, _check(place, values))))
    return "-".join(groups)


def read(text: str) -> bytes:
    """Return the 20 bytes of a code; raises WrongKey, saying which group is mistyped.

    Case, blanks, dashes and other marks do not matter; O is read as 0, and I and L as 1.
    """
    typed = "".join(c for c in text.upper() if c.isalnum()).translate(_READ_AS)
    if len(typed) != GROUPS * _SIZE:
        raise WrongKey(
            f"återställningskoden har {GROUPS * _SIZE} tecken, men {len(typed)} skrevs; "
            "jämför med pappret."
        )
    number = 0
    for place in range(GROUPS):
        for value in _read_group(place, typed[place * _SIZE : (place + 1) * _SIZE]):
            number = number << 5 | value
    return number.to_bytes(BITS // 8, "big")


def _read_group(place: int, group: str) -> list[int]:
    """Return the values of a group's data."""
    *values, check = (ALPHABET.find(c) for c in group)
    if -1 in values or check != _check(place, values):
        raise WrongKey(
            f"grupp {place + 1} i återställningskoden är felskriven; jämför med pappret."
        )
    return values


def _check(place: int, values: list[int]) -> int:
    total = place + 1
    for value in values:
        total = (total ^ value) << 1
        if total & _OVERFLOW:
            total ^= _POLYNOMIAL
    return total

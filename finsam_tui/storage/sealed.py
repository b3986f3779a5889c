"""JSON that tells damage by its sum, and by a seal that it was written with the register's raw key.

Each kind of file has seals of its own, made with a key that is used for nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# What reading JSON of any shape can raise: an infinite number overflows, a word has no items, and
# lists in lists never end.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


def to_bytes(content: Mapping[str, object]) -> bytes:
    """Return the file that tells `content`, and its sum."""
    return json.dumps({**content, "sum": sum_of(content)}, indent=1).encode("ascii") + b"\n"


def take_sum(content: dict[str, Any]) -> None:
    """Take the sum away from what a file tells; raises ValueError where it is not that."""
    if content.pop("sum") != sum_of(content):
        raise ValueError("the sum is wrong")


def sum_of(content: Mapping[str, object]) -> str:
    """Return the sum of what a file tells besides."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def seal(raw_key: bytes | bytearray, kind: bytes, body: Mapping[str, object]) -> str:
    """Return the seal of what a file of some kind tells besides its seals and sum."""
    key = hmac.digest(raw_key, kind, "sha256")
    return hmac.digest(key, _canonical(body), "sha256").hex()


def is_seal(
    found: str, raw_key: bytes | bytearray, kind: bytes, body: Mapping[str, object]
) -> bool:
    """Whether `found` is the seal of `body`."""
    # compare_digest takes no text but ASCII, and this may be any.
    return hmac.compare_digest(seal(raw_key, kind, body).encode(), found.encode("utf-8", "replace"))


def _canonical(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")

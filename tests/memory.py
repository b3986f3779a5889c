"""Looks for secrets in the memory of another process; takes root, and Linux."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BLOCK = 1 << 22
_LONGEST = 256  # bytes of a secret


def readable(pid: int) -> bool:
    """Whether this process may read that one's memory."""
    try:
        with Path(f"/proc/{pid}/mem").open("rb"):
            return True
    except OSError:
        return False


def found(pid: int, secrets: Mapping[str, bytes]) -> dict[str, int]:
    """Return how often each secret stands in a process's memory, without those that do not."""
    counts = dict.fromkeys(secrets, 0)
    for block in _blocks(pid):
        for name, secret in secrets.items():
            counts[name] += block.count(secret)
    return {name: count for name, count in counts.items() if count}


def _blocks(pid: int) -> Iterator[bytes]:
    """Yield all that can be written to, in overlapping blocks."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, mode, *_ = line.split()
            start, end = (int(address, 16) for address in span.split("-"))
            if "w" not in mode:
                continue
            for at in range(start, end, _BLOCK):
                try:
                    memory.seek(at)
                    yield memory.read(min(_BLOCK + _LONGEST, end - at))
                except OSError:
                    continue

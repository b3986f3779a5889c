"""Makes the process keep its secrets: files are the owner's alone, and no memory is dumped."""

from __future__ import annotations

import os
import resource
import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> None:
    """Set umask 077 and turn core dumps off; to be called before a key is in memory.

    The limit alone does not hold on Linux: it does not bind a program that the kernel pipes dumps
    to. A process marked as not dumpable is not dumped at all, nor traced by its user's others.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)

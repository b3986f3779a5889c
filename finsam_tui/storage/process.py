"""Makes the process keep its secrets: files are the owner's alone, and no memory is dumped.

And no memory is kept that it has no use for.
"""

from __future__ import annotations

import os
import resource
import sys

_PR_SET_DUMPABLE = 4
_ALIGNED, _LINE = 16, 1024  # bytes: between two sizes of blocks, and of a long line


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


def give_back_memory() -> None:
    """Give back what is free: the C library of Linux keeps it where something stands above it."""
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        if hasattr(libc, "malloc_trim"):  # of glibc, not of musl
            libc.malloc_trim(0)


def overwrite_free() -> None:
    """Overwrite what this thread has given back last, of every size up to that of a long line.

    Where the C library keeps such blocks for the thread, nothing else would before it wants one.
    """
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        libc.malloc.restype = ctypes.c_void_p
        libc.free.argtypes = [ctypes.c_void_p]
        for size in range(_ALIGNED, _LINE, _ALIGNED):
            block = libc.malloc(ctypes.c_size_t(size))
            ctypes.memset(block, 0, size)
            libc.free(block)


def forget(secret: str | bytes) -> None:
    """Overwrite a passphrase where it stands in memory, for nothing else would before it is reused.

    To be called by its only owner, and of CPython alone; one character is shared, and left.
    """
    if len(secret) < 2 or sys.implementation.name != "cpython":  # noqa: PLR2004 - see above
        return
    import ctypes

    if isinstance(secret, bytes):
        start, length = sys.getsizeof(b"") - 1, len(secret)
    else:
        widest = max(secret)
        kind = 1 if widest < "\u0100" else 2 if widest < "\U00010000" else 4
        # The header of the same sort of text, less the characters that it has itself.
        start = sys.getsizeof(widest + widest) - 3 * kind
        length = len(secret) * kind
    ctypes.memset(id(secret) + start, 0, length)

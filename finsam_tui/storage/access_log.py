"""The log of who opened what; apart from `access`, for a report needs nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

Opened = Literal[
    "person",
    "screening",
    "report",
    "export",
    "print",
    "copy",
    "list",
    "log",
    "key",
    "restore",
    "retention",
]


def log_access(
    register: Register,
    kind: Opened,
    participant_id: int | None = None,
    detail: str | None = None,
) -> None:
    """Note what the user opens, of whom if it is of one; `detail` holds no personal data."""
    with register.write() as conn:
        conn.execute(
            "INSERT INTO access (at, user, kind, participant_id, detail)"
            " VALUES (finsam_now(), finsam_user(), ?, ?, ?)",
            (kind, participant_id, detail),
        )

"""Who may open a violence screening, and the log of who opened what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

Opened = Literal["person", "screening"]
COORDINATOR = "coordinator"


def screening_allowed(register: Register, staff: str | None, enrolment_id: int) -> bool:
    """Return whether `staff` (an id) is the enrolment's own coach or a coordinator, and active."""
    if staff is None:
        return False
    rows = register.rows("access_rights", staff=staff, enrolment_id=enrolment_id)
    return any(
        row["role"] == COORDINATOR or (row["role"] is not None and row["coach"] == staff)
        for row in rows
    )


def log_access(
    register: Register, kind: Opened, participant_id: int, detail: str | None = None
) -> None:
    """Note that the user opens a person's card or a screening; `detail` holds no personal data."""
    with register.write() as conn:
        conn.execute(
            "INSERT INTO access (at, user, kind, participant_id, detail)"
            " VALUES (finsam_now(), finsam_user(), ?, ?, ?)",
            (kind, participant_id, detail),
        )
